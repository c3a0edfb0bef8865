package dev.belay.supervisor.backup;

import dev.belay.packaging.digest.Digest;
import dev.belay.packaging.digest.DigestingOutputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
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

    /// Writes lines and, at the end, the footer with the digest of them all.
    static final class Writer {
        private final DigestingOutputStream sink;

        Writer(OutputStream sink) {
            this.sink = new DigestingOutputStream(sink, Digest.Algorithm.SHA256);
        }

        void write(ManifestLine line) throws IOException {
            // as the interface, so that the line says what it is
            String json = JSON.writerFor(ManifestLine.class).writeValueAsString(line);
            sink.write((json + "\n").getBytes(StandardCharsets.UTF_8));
        }

        String digest() {
            return sink.digest(Digest.Algorithm.SHA256).hex();
        }
    }

    /// Reads a manifest to its end and checks its digest.
    ///
    /// @throws DamagedManifestException if it is not exactly as it was written
    static void read(Path manifest, Reader reader) throws IOException {
        MessageDigest digest = Digest.Algorithm.SHA256.newDigest();
        try (BufferedReader lines = Files.newBufferedReader(manifest, StandardCharsets.UTF_8)) {
            boolean footer = false;
            for (String text = lines.readLine(); text != null; text = lines.readLine()) {
                ManifestLine line = JSON.readValue(text, ManifestLine.class);
                if (footer) {
                    throw new DamagedManifestException(manifest, null);
                }
                if (line instanceof ManifestLine.Footer last) {
                    footer = true;
                    requireDigest(manifest, last, digest);
                } else {
                    digest.update((text + "\n").getBytes(StandardCharsets.UTF_8));
                }
                reader.line(line);
            }
            if (!footer) {
                throw new DamagedManifestException(manifest, null);
            }
        } catch (JacksonException | CharacterCodingException e) {
            throw new DamagedManifestException(manifest, e);
        }
    }

    private static void requireDigest(
            Path manifest, ManifestLine.Footer footer, MessageDigest digest)
            throws DamagedManifestException {
        String found = Digest.of(Digest.Algorithm.SHA256, digest.digest()).hex();
        if (!found.equals(footer.sha256())) {
            throw new DamagedManifestException(manifest, null);
        }
    }
}
