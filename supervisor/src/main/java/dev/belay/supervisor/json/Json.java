package dev.belay.supervisor.json;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.belay.packaging.digest.Digest;
import dev.belay.versys.version.Version;
import java.time.Duration;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.deser.std.FromStringDeserializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.StdSerializer;
import tools.jackson.databind.ser.std.ToStringSerializer;

/// Writes and reads the dialect. What a value looks like is decided here and in the value's own
/// record, nowhere else.
public final class Json {
    private static final double MILLIS = 1000;
    private static final JsonMapper MAPPER =
            JsonMapper.builder()
                    .propertyNamingStrategy(PropertyNamingStrategies.KEBAB_CASE)
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    // a newer supervisor may have written more than this one knows
                    .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                    .changeDefaultPropertyInclusion(
                            i -> i.withValueInclusion(JsonInclude.Include.NON_ABSENT))
                    .addModule(
                            new SimpleModule()
                                    .addSerializer(Version.class, ToStringSerializer.instance)
                                    .addDeserializer(Version.class, new VersionText())
                                    .addSerializer(Digest.class, ToStringSerializer.instance)
                                    .addDeserializer(Digest.class, new DigestText())
                                    .addSerializer(Duration.class, new Seconds()))
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

    /// @throws JacksonException if it is no such value
    public static <T> T read(byte[] bytes, Class<T> type) {
        return MAPPER.readValue(bytes, type);
    }

    /// @throws JacksonException if it is no such value
    public static <T> T read(String text, Class<T> type) {
        return MAPPER.readValue(text, type);
    }

    /// A JSON object that somebody else may have written; empty if the text is none.
    public static Optional<JsonNode> object(String text) {
        try {
            return Optional.of(MAPPER.readTree(text)).filter(JsonNode::isObject);
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    private static final class VersionText extends FromStringDeserializer<Version> {
        VersionText() {
            super(Version.class);
        }

        @Override
        protected Version _deserialize(String text, DeserializationContext context) {
            return Version.of(text);
        }
    }

    private static final class DigestText extends FromStringDeserializer<Digest> {
        DigestText() {
            super(Digest.class);
        }

        @Override
        protected Digest _deserialize(String text, DeserializationContext context) {
            return Digest.parse(text);
        }
    }

    private static final class Seconds extends StdSerializer<Duration> {
        Seconds() {
            super(Duration.class);
        }

        @Override
        public void serialize(
                Duration duration, JsonGenerator generator, SerializationContext context) {
            generator.writeNumber(duration.toMillis() / MILLIS);
        }
    }
}
