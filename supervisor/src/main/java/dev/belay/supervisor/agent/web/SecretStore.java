package dev.belay.supervisor.agent.web;

import dev.belay.packaging.failure.BelayException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Set;

/// Bearer secrets of 256 bits, kept as one file per secret: the name is the SHA-256 of the secret,
/// the content its expiry. Whoever reads the directory learns no secret; deleting the file is the
/// single use. Two processes may share a directory, so `supervisor open` can make what the agent
/// redeems. Thread-safe.
///
/// Nothing is fsynced: a secret lost in a power cut is a link to ask for again.
public final class SecretStore {
    private static final Set<StandardOpenOption> CREATE =
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Path directory;
    private final Duration lifetime;
    private final InstantSource clock;

    /// @param directory made with mode 0700 when the first secret is issued
    /// @param lifetime how long a secret is good for
    public SecretStore(Path directory, Duration lifetime, InstantSource clock) {
        this.directory = directory;
        this.lifetime = lifetime;
        this.clock = clock;
    }

    /// Makes a secret and clears away expired ones.
    ///
    /// @return 43 characters that may stand in a URL
    /// @throws BelayException `secret-not-stored` if the directory cannot be written
    public String issue() {
        byte[] bytes = new byte[32];
        RANDOM.nextBytes(bytes);
        String secret = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        try {
            Files.createDirectories(
                    directory,
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rwx------")));
            removeExpired();
            String expiry = Long.toString(clock.instant().plus(lifetime).toEpochMilli());
            try (var channel =
                    Files.newByteChannel(
                            file(secret),
                            CREATE,
                            PosixFilePermissions.asFileAttribute(
                                    PosixFilePermissions.fromString("rw-------")))) {
                channel.write(StandardCharsets.US_ASCII.encode(expiry));
            }
        } catch (IOException e) {
            throw new BelayException(
                    "secret-not-stored",
                    "The directory %s cannot be written: %s. Nothing else was changed."
                            .formatted(directory, e.getMessage()),
                    "Run the command as the owner of the home, and check that the disk is not full.",
                    e);
        }
        return secret;
    }

    /// Uses a secret up.
    ///
    /// @return true for exactly one caller, and only before the expiry
    boolean redeem(String secret) {
        boolean good = holds(secret);
        try {
            return Files.deleteIfExists(file(secret)) && good;
        } catch (IOException e) {
            return false; // what cannot be used up is not accepted
        }
    }

    /// Whether the secret was issued and has not expired.
    boolean holds(String secret) {
        return expiry(file(secret)).isAfter(clock.instant());
    }

    private Path file(String secret) {
        return directory.resolve(HexFormat.of().formatHex(sha256(secret)));
    }

    /// The expiry written in a file; the epoch if the file is missing or says something else.
    private static Instant expiry(Path file) {
        try {
            if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                return Instant.EPOCH;
            }
            return Instant.ofEpochMilli(Long.parseLong(Files.readString(file)));
        } catch (IOException | NumberFormatException e) {
            return Instant.EPOCH;
        }
    }

    private void removeExpired() throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
            for (Path file : files) {
                if (!expiry(file).isAfter(clock.instant())) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (NoSuchFileException e) {
            // the other process removed it first
        }
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256")
                    .digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java platform has SHA-256
        }
    }
}
