package dev.belay.supervisor.backup;

import dev.belay.packaging.digest.Digest;
import dev.belay.packaging.digest.DigestingOutputStream;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/// Writes and reads `manifest.jsonl` line by line, so that a backup of a million files needs no
/// more memory than one of ten.
final class ManifestFile {
    private static final JsonMapper JSON =
            JsonMapper.builder()
                    .propertyNamingStrategy(PropertyNamingStrategies.KEBAB_CASE)
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .build();

    private ManifestFile() {}

    /// Takes lines one after the other.
    interface Reader {
        void line(ManifestLine line) throws IOException;
    }

    /// Writes lines and, at the end, the digest of them all.
    static final class Writer {
        private final DigestingOutputStream sink;

        Writer(OutputStream sink) {
            this.sink = new DigestingOutputStream(sink, Digest.Algorithm.SHA256);
        }

        void write(ManifestLine line) throws IOException {
            sink.write(encode(line));
        }

        void end() throws IOException {
            write(new ManifestLine.End(sink.digest(Digest.Algorithm.SHA256).hex()));
        }
    }

    /// Written as the interface, so that the line says what it is.
    private static byte[] encode(ManifestLine line) {
        String json = JSON.writerFor(ManifestLine.class).writeValueAsString(line);
        return (json + "\n").getBytes(StandardCharsets.UTF_8);
    }

    /// Reads a manifest to its end and checks its digest.
    ///
    /// @throws DamagedManifestException if it is not byte for byte as it was written; the reader
    ///   has seen lines by then that may be wrong
    static void read(Path manifest, Reader reader) throws IOException {
        try (InputStream source = new BufferedInputStream(Files.newInputStream(manifest))) {
            MessageDigest digest = Digest.Algorithm.SHA256.newDigest();
            while (true) {
                byte[] bytes = line(source);
                ManifestLine line = JSON.readValue(bytes, ManifestLine.class);
                if (line instanceof ManifestLine.End) {
                    String sha256 = Digest.of(Digest.Algorithm.SHA256, digest.digest()).hex();
                    if (source.read() >= 0
                            || !Arrays.equals(bytes, encode(new ManifestLine.End(sha256)))) {
                        throw new DamagedManifestException(manifest, null);
                    }
                    return;
                }
                digest.update(bytes);
                reader.line(line);
            }
        } catch (JacksonException | EOFException e) {
            throw new DamagedManifestException(manifest, e);
        }
    }

    /// The bytes up to the next line feed, with it.
    private static byte[] line(InputStream source) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
        int octet;
        do {
            octet = source.read();
            if (octet < 0) {
                throw new EOFException();
            }
            bytes.write(octet);
        } while (octet != '\n');
        return bytes.toByteArray();
    }
}
