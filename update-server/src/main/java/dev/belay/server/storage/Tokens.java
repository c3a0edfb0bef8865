package dev.belay.server.storage;

import dev.belay.packaging.digest.Digest;
import dev.belay.packaging.failure.RefusedException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Bearer tokens: shown once, kept as SHA-256.
///
/// A token is 256 random bits, so a plain digest is as good as a slow one: there is nothing to
/// guess. Safe for use by many threads.
public final class Tokens {
    private static final Pattern PRODUCT = Pattern.compile("[a-z][a-z0-9-]{0,63}");
    private static final String PREFIX = "belay_";
    private final SecureRandom random = new SecureRandom();
    private final Database database;
    private final InstantSource clock;

    /// @param clock for the time of creation
    public Tokens(Database database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    /// Who holds a token: the admin, or one product's publisher.
    public sealed interface Holder {
        /// May set up the repository and make tokens, but not publish.
        record Admin() implements Holder {}

        /// May publish this one product.
        record Publisher(String product) implements Holder {}
    }

    /// Makes an admin's token.
    ///
    /// @param keep gets the token, which exists nowhere else, before it becomes valid: a crash in
    ///   between leaves a useless note and not a lost key
    public void createAdmin(Consumer<String> keep) {
        String token = random();
        keep.accept(token);
        insert(token, null);
    }

    /// Makes a token for one product.
    ///
    /// @return the token, which exists nowhere else
    /// @throws RefusedException `malformed-name` if that is no product name
    public String createPublisher(String product) {
        if (!PRODUCT.matcher(product).matches()) {
            throw new RefusedException(
                    "malformed-name",
                    "That is not a product name; no token was made.",
                    "Use a lower-case letter, then letters, digits and hyphens, at most 64.");
        }
        String token = random();
        insert(token, product);
        return token;
    }

    /// Makes all tokens of a product invalid.
    ///
    /// @return how many there were
    public int revokePublishers(String product) {
        return database.update("DELETE FROM token WHERE product = ?", product);
    }

    /// Whether an admin token was ever made here.
    public boolean hasAdmin() {
        return !database.query(
                        "SELECT 1 FROM token WHERE product IS NULL LIMIT 1", row -> row.getInt(1))
                .isEmpty();
    }

    /// Who holds this token, if it is one of ours.
    public Optional<Holder> find(String token) {
        String hash = hash(token);
        List<Row> rows =
                database.query(
                        "SELECT hash, product FROM token WHERE hash = ?",
                        row -> new Row(row.getString(1), row.getString(2)),
                        hash);
        return rows.stream()
                .filter(row -> equalInConstantTime(row.hash(), hash))
                .findFirst()
                .map(Row::holder);
    }

    private record Row(String hash, @Nullable String product) {
        Holder holder() {
            return product == null ? new Holder.Admin() : new Holder.Publisher(product);
        }
    }

    private String random() {
        byte[] bits = new byte[32];
        random.nextBytes(bits);
        return PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bits);
    }

    private void insert(String token, @Nullable String product) {
        String hash = hash(token);
        database.update(
                "INSERT INTO token (id, product, hash, created_at) VALUES (?, ?, ?, ?)",
                hash.substring(0, 16),
                product,
                hash,
                clock.millis());
    }

    private static String hash(String token) {
        return Digest.sha256(token.getBytes(StandardCharsets.UTF_8)).hex();
    }

    private static boolean equalInConstantTime(String a, String b) {
        return MessageDigest.isEqual(
                a.getBytes(StandardCharsets.US_ASCII), b.getBytes(StandardCharsets.US_ASCII));
    }
}
