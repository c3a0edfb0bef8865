package dev.belay.versys.graph;

import dev.belay.versys.version.Version;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.Function;
import tools.jackson.core.JsonGenerator;

/// How one kind of value stands in a channel document, for reading and for writing.
interface Codec<T> {
    Codec<String> TEXT = of(DocumentReader::string, (text, out) -> out.writeString(text));
    Codec<String> WORDS = text(Codec::notEmpty, Function.identity());
    Codec<Boolean> FLAG = of(DocumentReader::bool, (flag, out) -> out.writeBoolean(flag));
    Codec<Long> COUNT = of(DocumentReader::integer, (count, out) -> out.writeNumber(count));
    Codec<Version> VERSION = text(Version::of, Version::text);
    Codec<Instant> INSTANT = of(DocumentReader::instant, (at, out) -> out.writeString("" + at));
    Codec<Duration> DURATION = text(Durations::parse, Durations::print);

    /// A share of the hosts, 0 to 1.
    Codec<Double> SHARE =
            of(
                    in -> in.number().doubleValue(),
                    (share, out) ->
                            out.writeNumber(BigDecimal.valueOf(share).stripTrailingZeros()));

    /// A range of the document's versions.
    Codec<String> RANGE = of(DocumentReader::range, (range, out) -> out.writeString(range));

    /// A range, `older` or `none`.
    Codec<String> ORIGINS =
            of(DocumentReader::rangeOrKeyword, (range, out) -> out.writeString(range));

    T read(DocumentReader in);

    void write(T value, JsonGenerator out);

    static <T> Codec<T> of(Function<DocumentReader, T> read, BiConsumer<T, JsonGenerator> write) {
        return new Codec<>() {
            @Override
            public T read(DocumentReader in) {
                return read.apply(in);
            }

            @Override
            public void write(T value, JsonGenerator out) {
                write.accept(value, out);
            }
        };
    }

    /// A string that a parser understands; it throws [IllegalArgumentException] if it does not.
    static <T> Codec<T> text(Function<String, T> parse, Function<T, String> print) {
        return of(in -> in.parsed(parse), (value, out) -> out.writeString(print.apply(value)));
    }

    default Codec<Optional<T>> optional() {
        return of(in -> Optional.of(read(in)), (value, out) -> value.ifPresent(v -> write(v, out)));
    }

    default Codec<List<T>> list() {
        return of(
                in -> in.list(() -> read(in)),
                (values, out) -> {
                    out.writeStartArray();
                    values.forEach(value -> write(value, out));
                    out.writeEndArray();
                });
    }

    /// Written in ascending order.
    default Codec<Set<T>> set() {
        return of(
                in -> Set.copyOf(new TreeSet<>(in.list(() -> read(in)))),
                (values, out) -> list().write(List.copyOf(new TreeSet<>(values)), out));
    }

    /// An object whose names are the author's; they are read by `name`, which may refuse one.
    default Codec<Map<String, T>> map(Function<String, String> name) {
        return of(
                in -> {
                    Map<String, T> values = new LinkedHashMap<>();
                    in.object(key -> {
                        values.put(in.checked(() -> name.apply(key)), read(in));
                        return true;
                    });
                    return Collections.unmodifiableMap(values);
                },
                (values, out) -> {
                    out.writeStartObject();
                    values.forEach((key, value) -> {
                        out.writeName(key);
                        write(value, out);
                    });
                    out.writeEndObject();
                });
    }

    private static String notEmpty(String text) {
        if (text.isEmpty()) {
            throw new IllegalArgumentException("say something");
        }
        return text;
    }
}
