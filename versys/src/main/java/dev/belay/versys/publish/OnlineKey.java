package dev.belay.versys.publish;

import dev.belay.packaging.durable.DurableFiles;
import dev.belay.versys.metadata.CanonicalJson;
import dev.belay.versys.metadata.SigningKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// The key with which the holder of a repository signs snapshot and timestamp, unattended. It is
/// made where it is used and never leaves.
final class OnlineKey {
    private OnlineKey() {}

    /// Reads the key of this directory, or makes it.
    static SigningKey ofDirectory(Path directory) throws IOException {
        Files.createDirectories(directory);
        Files.setPosixFilePermissions(directory, DurableFiles.PRIVATE_DIRECTORY);
        Path file = directory.resolve("online.pem");
        if (!Files.exists(file)) {
            KeyFiles.write(file, KeyFiles.generate(), null);
        }
        return KeyFiles.read(
                file,
                _ -> {
                    throw new IllegalStateException("the online key has no passphrase");
                });
    }

    static byte[] publicBytes(SigningKey key) {
        return CanonicalJson.encodeAsJson(key.publicKey().source());
    }
}
