package dev.belay.versys.graph;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamConstraintsException;
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
                                    .maxNameLength(50_000)
                                    .maxDocumentLength(64_000_000)
                                    .build())
                    .build();

    private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("+10000-01-01T00:00:00Z");

    private final JsonParser parser;
    private final List<String> ranges;
    private final Map<String, String> refused;

    private final String document;

    private DocumentReader(
            String document, JsonParser parser, List<String> ranges, Map<String, String> refused) {
        this.document = document;
        this.parser = parser;
        this.ranges = ranges;
        this.refused = refused;
    }

    /// Reads a document.
    ///
    /// Whether its ranges are any is known only at the end: the scheme, and the names that an
    /// opaque scheme orders, may come last. If one is none, the document is read once more up to
    /// its place.
    ///
    /// @param document what it is, to begin a sentence with
    /// @param check throws [IllegalArgumentException] if a range is none
    static <T> T read(
            String document,
            byte[] json,
            Function<DocumentReader, T> reading,
            BiConsumer<T, String> check) {
        List<String> ranges = new ArrayList<>();
        T result = read(document, json, reading, ranges, Map.of());
        for (String range : ranges) {
            try {
                check.accept(result, range);
            } catch (IllegalArgumentException e) {
                Map<String, String> refused = Map.of(range, String.valueOf(e.getMessage()));
                return read(document, json, reading, ranges, refused);
            }
        }
        return result;
    }

    private static <T> T read(
            String document,
            byte[] json,
            Function<DocumentReader, T> reading,
            List<String> ranges,
            Map<String, String> refused) {
        requireUtf8(document, json);
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), json)) {
            parser.nextToken();
            DocumentReader reader = new DocumentReader(document, parser, ranges, refused);
            T result = reading.apply(reader);
            if (parser.nextToken() != null) {
                throw reader.bad("there is text after the document");
            }
            return result;
        } catch (StreamConstraintsException e) {
            throw new InvalidChannelException(
                    document
                            + " is larger than what is read: 64 MB, 1,000,000 characters in a text, 50,000"
                            + " in a field's name, 1,000 digits in a number, 32 objects or lists in"
                            + " each other.",
                    e);
        } catch (JacksonException e) {
            throw new InvalidChannelException(
                    document
                            + " is not JSON at "
                            + words(e.getLocation())
                            + ": "
                            + e.getOriginalMessage(),
                    e);
        }
    }

    /// The parser forgives longer forms of characters than UTF-8 allows.
    private static void requireUtf8(String document, byte[] json) {
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        ByteBuffer bytes = ByteBuffer.wrap(json);
        CharBuffer chars = CharBuffer.allocate(8192);
        CoderResult result = CoderResult.OVERFLOW;
        while (result.isOverflow()) {
            result = decoder.decode(bytes, chars.clear(), true);
        }
        if (result.isError()) {
            throw new InvalidChannelException(
                    document + " is not UTF-8 at byte " + bytes.position() + ".", null);
        }
    }

    void object(Field field) {
        expect(JsonToken.START_OBJECT, "an object");
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = wellFormed(parser.currentName());
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
        return wellFormed(parser.getString());
    }

    /// Half a surrogate pair has no UTF-8, so readers would see different texts.
    private String wellFormed(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                if (!Character.isSurrogatePair(
                        text.charAt(i), i + 1 < text.length() ? text.charAt(i + 1) : 'x')) {
                    throw bad("half a surrogate pair is no text");
                }
                i++;
            }
        }
        return text;
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
            case VALUE_STRING -> string();
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

    /// A range of the document's versions, remembered to be checked.
    String range() {
        String text = string();
        String why = refused.get(text);
        if (why != null) {
            throw bad(why);
        }
        ranges.add(text);
        return text;
    }

    String rangeOrKeyword() {
        return Reserved.isKeyword(string()) ? string() : range();
    }

    /// Of the years 1 to 9999: beyond, sums with durations overflow.
    Instant instant() {
        try {
            Instant instant = Instants.parse(string());
            if (instant.isBefore(EARLIEST) || !instant.isBefore(LATEST)) {
                throw bad("'" + string() + "' is not in the years 1 to 9999");
            }
            return instant;
        } catch (DateTimeParseException e) {
            throw bad("'" + string() + "' is not an instant such as 2026-11-20T09:00:00Z");
        }
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

    private static String words(@Nullable TokenStreamLocation at) {
        return at == null ? "its end" : "line " + at.getLineNr() + ", column " + at.getColumnNr();
    }

    InvalidChannelException bad(String why) {
        String where =
                words(parser.currentTokenLocation())
                        + " ("
                        + parser.streamReadContext().pathAsPointer()
                        + ")";
        return new InvalidChannelException(
                document + " is wrong at " + where + ": " + why + ".", null);
    }

    private void expect(JsonToken token, String what) {
        if (parser.currentToken() != token) {
            throw bad(what + " is needed");
        }
    }
}
