package dev.belay.supervisor.json;

import dev.belay.packaging.digest.Digest;
import dev.belay.packaging.failure.BelayException;
import dev.belay.versys.metadata.JsonParser;
import dev.belay.versys.metadata.JsonValue;
import dev.belay.versys.metadata.JsonValue.JsonArray;
import dev.belay.versys.metadata.JsonValue.JsonBoolean;
import dev.belay.versys.metadata.JsonValue.JsonInteger;
import dev.belay.versys.metadata.JsonValue.JsonNull;
import dev.belay.versys.metadata.JsonValue.JsonObject;
import dev.belay.versys.metadata.JsonValue.JsonString;
import dev.belay.versys.version.Version;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads what [Json] wrote about this host: records of texts, versions, digests, moments, enums,
/// whole numbers, truth values, lists and records. What is absent is null, zero, or false; unknown
/// members are left, since a newer supervisor may have written more.
///
/// A sealed type is told by the member that is called as the last word of its name: `record` of
/// `JournalRecord`.
///
/// Everybody reads these files with this reader, `supervisor status` first of all, which has no
/// time to load a library. Hence `instanceof` instead of a `switch` on types too: docs/adr/0023.
public final class RecordReader {
    private static final Map<Type, Object> ABSENT =
            Map.of(int.class, 0, long.class, 0L, boolean.class, false);

    private RecordReader() {}

    /// Reads one of the supervisor's own files.
    ///
    /// @param help what to do if it is damaged
    /// @throws BelayException `home-damaged` if it holds no such record
    /// @throws IOException if it cannot be read
    public static <T> T file(Path file, Class<T> type, String help) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        try {
            return read(bytes, type);
        } catch (IllegalArgumentException e) {
            throw new BelayException(
                    "home-damaged", file + " is not as the supervisor wrote it.", help, e);
        }
    }

    /// @throws IllegalArgumentException if it is no such record
    public static <T> T read(String json, Class<T> type) {
        return read(json.getBytes(StandardCharsets.UTF_8), type);
    }

    private static <T> T read(byte[] json, Class<T> type) {
        try {
            return type.cast(object(JsonParser.parseObject(json), type));
        } catch (ReflectiveOperationException | RuntimeException e) {
            throw new IllegalArgumentException("no " + type.getSimpleName(), e);
        }
    }

    private static Object object(JsonObject object, Class<?> type)
            throws ReflectiveOperationException {
        if (type.isSealed()) {
            return object(object, kind(object, type));
        }
        RecordComponent[] components = type.getRecordComponents();
        Class<?>[] types = new Class<?>[components.length];
        @Nullable Object[] values = new @Nullable Object[components.length];
        for (int i = 0; i < components.length; i++) {
            types[i] = components[i].getType();
            values[i] =
                    value(
                            object.members().get(kebab(components[i].getName())),
                            components[i].getGenericType());
        }
        Constructor<?> constructor = type.getDeclaredConstructor(types);
        constructor.setAccessible(true);
        return constructor.newInstance(values);
    }

    private static Class<?> kind(JsonObject object, Class<?> sealed) {
        String member = kebab(sealed.getSimpleName());
        JsonValue name = object.members().get(member.substring(member.lastIndexOf('-') + 1));
        for (Class<?> kind : sealed.getPermittedSubclasses()) {
            if (name instanceof JsonString text
                    && text.value().equals(kebab(kind.getSimpleName()))) {
                return kind;
            }
        }
        throw unfit(name, sealed);
    }

    private static @Nullable Object value(@Nullable JsonValue json, Type type)
            throws ReflectiveOperationException {
        if (json == null || json instanceof JsonNull) {
            return ABSENT.get(type);
        }
        if (json instanceof JsonString text && type instanceof Class<?> plain) {
            return text(text, plain);
        }
        if (json instanceof JsonInteger number && type == long.class) {
            return number.value();
        }
        if (json instanceof JsonInteger number && type == int.class) {
            return Math.toIntExact(number.value());
        }
        if (json instanceof JsonBoolean truth && type == boolean.class) {
            return truth.value();
        }
        if (json instanceof JsonArray array && type instanceof ParameterizedType list) {
            List<@Nullable Object> items = new ArrayList<>();
            for (JsonValue item : array.elements()) {
                items.add(value(item, list.getActualTypeArguments()[0]));
            }
            return items;
        }
        if (json instanceof JsonObject object && type instanceof Class<?> plain) {
            return object(object, plain);
        }
        throw unfit(json, type);
    }

    private static @Nullable Object text(JsonString text, Class<?> type) {
        if (type == String.class) {
            return text.value();
        }
        if (text.value().isEmpty()) {
            return null; // as earlier supervisors wrote what is absent
        }
        if (type == Version.class) {
            return Version.of(text.value());
        }
        if (type == Digest.class) {
            return Digest.parse(text.value());
        }
        if (type == Instant.class) {
            return Instant.parse(text.value());
        }
        String name = text.value().toUpperCase(Locale.ROOT).replace('-', '_');
        for (Object constant : type.isEnum() ? type.getEnumConstants() : new Object[0]) {
            if (((Enum<?>) constant).name().equals(name)) {
                return constant;
            }
        }
        throw unfit(text, type);
    }

    private static IllegalArgumentException unfit(@Nullable JsonValue json, Type type) {
        return new IllegalArgumentException(json + " is no " + type.getTypeName());
    }

    /// `startTicks` as `start-ticks`, `RunBegun` as `run-begun`.
    private static String kebab(String name) {
        StringBuilder words = new StringBuilder();
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (Character.isUpperCase(c) && i > 0) {
                words.append('-');
            }
            words.append(Character.toLowerCase(c));
        }
        return words.toString();
    }
}
