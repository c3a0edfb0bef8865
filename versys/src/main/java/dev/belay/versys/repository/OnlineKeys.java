package dev.belay.versys.repository;

import dev.belay.packaging.failure.BelayException;
import dev.belay.versys.metadata.CanonicalJson;
import dev.belay.versys.metadata.RoleKeys;
import dev.belay.versys.metadata.RootMetadata;
import dev.belay.versys.metadata.SigningKey;
import dev.belay.versys.signing.KeyStore;
import dev.belay.versys.signing.PassphraseSource;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The keys with which the holder of a repository signs snapshot and timestamp, unattended: files
/// `online.pem`, `online.2.pem`, … in one directory, private to its owner. They are made where they
/// are used and never leave. The root says which of them count.
///
/// Read from the disk whenever they are needed: another process may have made one.
final class OnlineKeys {
    private static final Pattern FILE = Pattern.compile("online(?:\\.([1-9][0-9]{0,8}))?\\.pem");

    private final Path directory;
    private final PassphraseSource passphrases;

    /// @param directory need not exist yet
    /// @param passphrases asked only if somebody encrypted a key
    OnlineKeys(Path directory, PassphraseSource passphrases) {
        this.directory = directory;
        this.passphrases = passphrases;
    }

    /// Keys that nobody encrypted, as a server's are.
    static OnlineKeys unattended(Path directory) {
        return new OnlineKeys(
                directory,
                _ -> {
                    throw new IllegalStateException("the online key has no passphrase");
                });
    }

    /// Whether any key is here.
    boolean any() {
        return !files().isEmpty();
    }

    /// The key that was made last; makes the first one.
    SigningKey newest() {
        NavigableMap<Integer, Path> files = files();
        return files.isEmpty() ? make() : read(files.lastEntry().getValue());
    }

    /// Makes one more key. Nothing is signed with it before the root lists it.
    SigningKey make() {
        NavigableMap<Integer, Path> files = files();
        String name = files.isEmpty() ? "online" : "online." + (files.lastKey() + 1);
        new KeyStore(directory).create(name, null);
        return read(directory.resolve(name + ".pem"));
    }

    /// The keys that are here and that this root lists for a role: what to sign it with.
    ///
    /// @throws BelayException `online-key-missing` if they are too few
    List<SigningKey> of(RootMetadata root, String role) {
        RoleKeys wanted = Objects.requireNonNull(root.roles().get(role), role);
        List<SigningKey> found = heldOf(root, role);
        if (found.size() < wanted.threshold()) {
            throw new BelayException(
                    "online-key-missing",
                    "Root "
                            + root.version()
                            + " lets "
                            + String.join(" or ", wanted.keyIds())
                            + " sign "
                            + role
                            + ", and that key is not in "
                            + directory
                            + ". Nothing was changed.",
                    "Copy the file online.pem (or online.2.pem and so on) there from a backup or from"
                            + " another directory of the vendor, or let the root list the key that"
                            + " is there: versys key rotate online (docs/trust.md).");
        }
        return found;
    }

    /// Those of the keys that are here, however few.
    List<SigningKey> heldOf(RootMetadata root, String role) {
        RoleKeys wanted = Objects.requireNonNull(root.roles().get(role), role);
        return files().values().stream()
                .map(this::read)
                .filter(key -> wanted.keyIds().contains(key.id()))
                .toList();
    }

    /// The public half as a TUF key.
    static byte[] publicBytes(SigningKey key) {
        return CanonicalJson.encodeAsJson(key.publicKey().source());
    }

    private SigningKey read(Path file) {
        String name = String.valueOf(file.getFileName()).replaceFirst("[.]pem$", "");
        return new KeyStore(directory).open(name, passphrases);
    }

    /// By the order in which they were made.
    private NavigableMap<Integer, Path> files() {
        NavigableMap<Integer, Path> files = new TreeMap<>();
        if (!Files.isDirectory(directory)) {
            return files;
        }
        try (DirectoryStream<Path> all = Files.newDirectoryStream(directory, "online*.pem")) {
            for (Path file : all) {
                Matcher name = FILE.matcher(String.valueOf(file.getFileName()));
                if (name.matches()) {
                    String number = name.group(1);
                    files.put(number == null ? 1 : Integer.parseInt(number), file);
                }
            }
            return files;
        } catch (IOException e) {
            throw RepositoryFiles.failed(e);
        }
    }
}
