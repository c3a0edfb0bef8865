package dev.belay.packaging.bundle;

import dev.belay.packaging.archive.ArchiveLimits;
import dev.belay.packaging.digest.LengthExceededException;
import dev.belay.packaging.digest.LimitedInputStream;
import dev.belay.packaging.failure.UntrustedException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.core.json.JsonFactory;

/// Reads `manifest.json` in one pass: every key known and given once, nothing after the end, and
/// never more in memory than a bundle may have. UTF-8 only: other encodings are not guessed.
final class ManifestReader {
    private static final long MAX_BYTES = 32L << 20;
    private static final JsonFactory FACTORY =
            JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .disable(StreamReadFeature.AUTO_CLOSE_SOURCE)
                    .disable(TokenStreamFactory.Feature.CHARSET_DETECTION)
                    .build();

    private final JsonParser json;
    private long format = -1;
    private long unpackedBytes = -1;
    private final List<BundleFile> files = new ArrayList<>();

    private ManifestReader(JsonParser json) {
        this.json = json;
    }

    static BundleManifest read(InputStream source) throws IOException {
        try (JsonParser json =
                FACTORY.createParser(
                        ObjectReadContext.empty(), new LimitedInputStream(source, MAX_BYTES))) {
            return new ManifestReader(json).manifest();
        } catch (JacksonIOException e) {
            if (e.getCause() instanceof LengthExceededException) {
                throw malformed("it is longer than " + MAX_BYTES + " bytes", e);
            }
            throw e.getCause();
        } catch (JacksonException e) {
            throw malformed("it is not well-formed JSON", e);
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw malformed(String.valueOf(e.getMessage()), e);
        }
    }

    private BundleManifest manifest() {
        expect(json.nextToken(), JsonToken.START_OBJECT);
        while (json.nextToken() != JsonToken.END_OBJECT) {
            String key = json.currentName();
            switch (key) {
                case "format" -> format = number();
                case "unpacked-bytes" -> unpackedBytes = number();
                case "files" -> files();
                default -> throw new IllegalArgumentException("the key " + key + " is unknown");
            }
        }
        if (json.nextToken() != null) {
            throw new IllegalArgumentException("there is something after its end");
        }
        if (format != ManifestWriter.FORMAT) {
            throw new IllegalArgumentException(
                    "its format is not " + ManifestWriter.FORMAT + " but " + format);
        }
        return new BundleManifest(unpackedBytes, files);
    }

    private void files() {
        expect(json.nextToken(), JsonToken.START_ARRAY);
        while (json.nextToken() != JsonToken.END_ARRAY) {
            if (files.size() >= ArchiveLimits.BUNDLE.maxEntries()) {
                throw new IllegalArgumentException("it lists too many files");
            }
            expect(json.currentToken(), JsonToken.START_OBJECT);
            ManifestFileFields fields = new ManifestFileFields();
            while (json.nextToken() != JsonToken.END_OBJECT) {
                String key = json.currentName();
                if (key.equals("size")) {
                    fields.size(number());
                } else {
                    fields.text(key, text());
                }
            }
            files.add(fields.file());
        }
    }

    private long number() {
        expect(json.nextToken(), JsonToken.VALUE_NUMBER_INT);
        return json.getLongValue();
    }

    private String text() {
        expect(json.nextToken(), JsonToken.VALUE_STRING);
        return json.getString();
    }

    private static void expect(@Nullable JsonToken found, JsonToken wanted) {
        if (found != wanted) {
            throw new IllegalArgumentException("it has " + found + " in the place of " + wanted);
        }
    }

    private static UntrustedException malformed(String reason, Exception cause) {
        return new UntrustedException(
                "bundle-malformed",
                "The manifest of the bundle was rejected: " + reason + ".",
                "Get the bundle again from its publisher; if it stays so, report it to them.",
                cause);
    }
}
