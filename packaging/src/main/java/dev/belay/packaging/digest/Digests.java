package dev.belay.packaging.digest;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/// Digests of whole files and streams, without holding them in memory.
public final class Digests {
    private Digests() {}

    /// SHA-256 of the content of a file; a symlink is followed.
    ///
    /// @throws IOException if it cannot be read
    public static Digest ofFile(Path file) throws IOException {
        return ofFile(file, Digest.Algorithm.SHA256);
    }

    /// The digest of the content of a file; a symlink is followed.
    ///
    /// @throws IOException if it cannot be read
    public static Digest ofFile(Path file, Digest.Algorithm algorithm) throws IOException {
        try (InputStream source = Files.newInputStream(file)) {
            return of(source, algorithm);
        }
    }

    /// The digest of what is left of a stream, which stays open.
    ///
    /// @throws IOException if it cannot be read
    public static Digest of(InputStream source, Digest.Algorithm algorithm) throws IOException {
        DigestingOutputStream sink =
                new DigestingOutputStream(OutputStream.nullOutputStream(), algorithm);
        byte[] buffer = new byte[64 * 1024];
        for (int read = source.read(buffer); read >= 0; read = source.read(buffer)) {
            sink.write(buffer, 0, read);
        }
        return sink.digest(algorithm);
    }
}
