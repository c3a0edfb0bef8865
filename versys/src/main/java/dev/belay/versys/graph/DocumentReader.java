package dev.belay.versys.graph;

import dev.belay.versys.version.Version;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;

/// Strict reading of JSON: every field is known, duplicate fields and trailing text are refused,
/// and each error says the line, the column and the path.
final class DocumentReader {
    /// Reads the value of one field.
    @FunctionalInterface
    interface Field {
        /// @return false if the field is not known
        boolean read(String name);
    }

    private static final JsonFactory FACTORY =
            JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .disable(TokenStreamFactory.Feature.CHARSET_DETECTION) // UTF-8 only
                    .streamReadConstraints(
                            StreamReadConstraints.builder()
                                    .maxNestingDepth(32)
                                    .maxStringLength(1_000_000)
                                    .maxDocumentLength(64_000_000)
                                    .build())
                    .build();

    private final JsonParser parser;

    private DocumentReader(JsonParser parser) {
        this.parser = parser;
    }

    static <T> T read(byte[] json, Function<DocumentReader, T> reading) {
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), json)) {
            parser.nextToken();
            DocumentReader reader = new DocumentReader(parser);
            T result = reading.apply(reader);
            if (parser.nextToken() != null) {
                throw reader.bad("there is text after the document");
            }
            return result;
        } catch (JacksonException e) {
            TokenStreamLocation at = e.getLocation();
            String where =
                    at == null
                            ? ""
                            : "line " + at.getLineNr() + ", column " + at.getColumnNr() + ": ";
            throw new InvalidChannelException(
                    "The channel document is not JSON: " + where + e.getOriginalMessage(), e);
        }
    }

    void object(Field field) {
        expect(JsonToken.START_OBJECT, "an object");
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            parser.nextToken();
            if (!field.read(name)) {
                throw bad("unknown field '" + name + "'");
            }
        }
    }

    <T> List<T> list(Supplier<T> element) {
        expect(JsonToken.START_ARRAY, "an array");
        List<T> result = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            result.add(element.get());
        }
        return result;
    }

    boolean isObject() {
        return parser.currentToken() == JsonToken.START_OBJECT;
    }

    boolean isArray() {
        return parser.currentToken() == JsonToken.START_ARRAY;
    }

    String string() {
        expect(JsonToken.VALUE_STRING, "a string");
        return parser.getString();
    }

    boolean bool() {
        if (parser.currentToken() != JsonToken.VALUE_TRUE) {
            expect(JsonToken.VALUE_FALSE, "true or false");
        }
        return parser.currentToken() == JsonToken.VALUE_TRUE;
    }

    /// A string, number or boolean as a fact test compares it.
    Object scalar() {
        return switch (parser.currentToken()) {
            case VALUE_STRING -> parser.getString();
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> parser.getDecimalValue();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            default -> throw bad("a string, number or boolean is needed");
        };
    }

    BigDecimal number() {
        if (parser.currentToken() != JsonToken.VALUE_NUMBER_FLOAT) {
            expect(JsonToken.VALUE_NUMBER_INT, "a number");
        }
        return parser.getDecimalValue();
    }

    long integer() {
        expect(JsonToken.VALUE_NUMBER_INT, "a whole number");
        return checked(() -> number().longValueExact());
    }

    Version version() {
        return parsed(Version::of);
    }

    Instant instant() {
        try {
            return Instant.parse(string());
        } catch (DateTimeParseException e) {
            throw bad("'" + string() + "' is not an instant such as 2026-11-20T09:00:00Z");
        }
    }

    Duration duration() {
        return parsed(Durations::parse);
    }

    /// A string that a parser understands, or a located error.
    <T> T parsed(Function<String, T> parse) {
        String text = string();
        return checked(() -> parse.apply(text));
    }

    /// Runs a constructor that refuses nonsense, and says where the nonsense stands.
    <T> T checked(Supplier<T> value) {
        try {
            return value.get();
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw bad(String.valueOf(e.getMessage()));
        }
    }

    /// Where the reader is, for errors that are found later.
    TokenStreamLocation location() {
        return parser.currentTokenLocation();
    }

    static String words(TokenStreamLocation at) {
        return "line " + at.getLineNr() + ", column " + at.getColumnNr();
    }

    private String where() {
        return words(location()) + " (" + parser.streamReadContext().pathAsPointer() + ")";
    }

    InvalidChannelException bad(String why) {
        return new InvalidChannelException(
                "The channel document is wrong at " + where() + ": " + why + ".", null);
    }

    private void expect(JsonToken token, String what) {
        if (parser.currentToken() != token) {
            throw bad(what + " is needed");
        }
    }
}
