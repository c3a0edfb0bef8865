package dev.belay.versys.graph;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/// The fields of one kind of object of a channel document. Reader, writer and editor use the same
/// table, so that none of them can forget a field: a subclass lists each field once, in the order
/// in which documents are written, and makes the object of their values.
abstract class Form<T> implements Codec<T> {
    private static final String EXTENSION = "x-";

    private final List<Field<T, ?>> fields = new ArrayList<>();
    private final Map<String, Field<T, ?>> byName = new HashMap<>();
    private @Nullable Field<T, Map<String, String>> extensions;

    /// One field.
    ///
    /// @param place where [Values] keep it
    /// @param absent what it is worth if it is not there; without, it must be there
    /// @param always whether it is written even if it is worth that
    record Field<T, F>(
            int place,
            String name,
            Codec<F> codec,
            @Nullable F absent,
            boolean always,
            Function<T, F> get) {
        private void read(DocumentReader in, Values<T> values) {
            values.set(this, codec.read(in));
        }

        private void write(T object, JsonGenerator out) {
            F value = get.apply(object);
            if (always || !value.equals(absent)) {
                if (!name.equals(EXTENSION)) {
                    out.writeName(name);
                }
                codec.write(value, out);
            }
        }

        private void copy(T object, Values<T> values) {
            values.set(this, get.apply(object));
        }
    }

    /// The values of the fields of one object.
    static final class Values<T> {
        private final @Nullable Object[] found;

        private Values(int count) {
            found = new Object[count];
        }

        /// @throws IllegalArgumentException if a field is missing that must be there
        @SuppressWarnings("unchecked") // set() puts nothing else there
        <F> F get(Field<T, F> field) {
            Object value = found[field.place()];
            @Nullable F known = value == null ? field.absent() : (F) value;
            if (known == null) {
                throw new IllegalArgumentException("'" + field.name() + "' is missing");
            }
            return known;
        }

        <F> Values<T> set(Field<T, F> field, F value) {
            found[field.place()] = value;
            return this;
        }
    }

    /// The object of these values.
    ///
    /// @throws IllegalArgumentException if they make none
    abstract T of(Values<T> values);

    private <F> Field<T, F> add(
            String name, Codec<F> codec, @Nullable F absent, boolean always, Function<T, F> get) {
        Field<T, F> field = new Field<>(fields.size(), name, codec, absent, always, get);
        fields.add(field);
        byName.put(name, field);
        return field;
    }

    /// A field that must be there.
    final <F> Field<T, F> required(String name, Codec<F> codec, Function<T, F> get) {
        return add(name, codec, null, true, get);
    }

    /// A field that may be absent.
    final <F> Field<T, Optional<F>> optional(
            String name, Codec<F> codec, Function<T, Optional<F>> get) {
        return add(name, codec.optional(), Optional.empty(), false, get);
    }

    /// A field that is worth something when it is absent, and is not written then.
    final <F> Field<T, F> field(String name, Codec<F> codec, F absent, Function<T, F> get) {
        return add(name, codec, absent, false, get);
    }

    /// A field that may be absent, but is always written.
    final <F> Field<T, F> written(String name, Codec<F> codec, F absent, Function<T, F> get) {
        return add(name, codec, absent, true, get);
    }

    final Field<T, Boolean> flag(String name, Function<T, Boolean> get) {
        return field(name, FLAG, false, get);
    }

    final <F> Field<T, List<F>> list(String name, Codec<F> codec, Function<T, List<F>> get) {
        return field(name, codec.list(), List.of(), get);
    }

    /// Fields that start with `x-`: kept, and mean nothing.
    final Field<T, Map<String, String>> extensions(Function<T, Map<String, String>> get) {
        Codec<Map<String, String>> each =
                Codec.of(_ -> Map.of(), (kept, out) -> kept.forEach(out::writeStringProperty));
        extensions = new Field<>(fields.size(), EXTENSION, each, Map.of(), false, get);
        fields.add(extensions);
        return extensions;
    }

    final Values<T> values() {
        return new Values<>(fields.size());
    }

    final Values<T> values(T object) {
        Values<T> values = values();
        fields.forEach(field -> field.copy(object, values));
        return values;
    }

    /// The same object but for one field.
    final <F> T with(T object, Field<T, F> field, F value) {
        return of(values(object).set(field, value));
    }

    @Override
    public final T read(DocumentReader in) {
        Values<T> values = values();
        Map<String, String> kept = new TreeMap<>();
        in.object(name -> {
            Field<T, ?> field = byName.get(name);
            if (field != null) {
                field.read(in, values);
                return true;
            }
            boolean extension = extensions != null && name.startsWith(EXTENSION);
            if (extension) {
                kept.put(name, in.string());
            }
            return extension;
        });
        if (extensions != null) {
            values.set(extensions, kept);
        }
        return in.checked(() -> of(values));
    }

    @Override
    public final void write(T object, JsonGenerator out) {
        out.writeStartObject();
        for (Field<T, ?> field : fields) {
            field.write(object, out);
        }
        out.writeEndObject();
    }
}
