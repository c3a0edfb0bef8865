package dev.belay.supervisor.status;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.belay.packaging.failure.BelayException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// The one way in which the supervisor's own files and `--json` answers are written: kebab-case
/// names as everywhere in Belay, ISO-8601 times, absent instead of null.
public final class Json {
    private static final JsonMapper MAPPER =
            JsonMapper.builder()
                    .propertyNamingStrategy(PropertyNamingStrategies.KEBAB_CASE)
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    // a newer supervisor may have written more than this one knows
                    .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                    .changeDefaultPropertyInclusion(
                            i -> i.withValueInclusion(JsonInclude.Include.NON_ABSENT))
                    .build();

    private Json() {}

    /// One line, without a line break at its end.
    public static String line(Object value) {
        return MAPPER.writeValueAsString(value);
    }

    /// Indented, for files and answers that people read too.
    public static String pretty(Object value) {
        return MAPPER.writer().with(SerializationFeature.INDENT_OUTPUT).writeValueAsString(value);
    }

    /// Indented UTF-8 bytes.
    public static byte[] bytes(Object value) {
        return MAPPER.writer().with(SerializationFeature.INDENT_OUTPUT).writeValueAsBytes(value);
    }

    /// Reads one of the supervisor's own files.
    ///
    /// @param help what to do if it is damaged
    /// @throws BelayException `home-damaged` if it holds no such value
    /// @throws IOException if it cannot be read
    static <T> T file(Path file, Class<T> type, String help) throws IOException {
        try {
            return read(Files.readAllBytes(file), type);
        } catch (JacksonException e) {
            throw new BelayException(
                    "home-damaged", file + " is not as the supervisor wrote it.", help, e);
        }
    }

    /// @throws tools.jackson.core.JacksonException if it is no such value
    public static <T> T read(byte[] bytes, Class<T> type) {
        return MAPPER.readValue(bytes, type);
    }

    /// @throws tools.jackson.core.JacksonException if it is no such value
    public static <T> T read(String text, Class<T> type) {
        return MAPPER.readValue(text, type);
    }
}
