package dev.belay.supervisor.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.belay.packaging.digest.Digest;
import dev.belay.packaging.failure.BelayException;
import dev.belay.versys.version.Version;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.EnumNamingStrategies;
import tools.jackson.databind.annotation.EnumNaming;

class RecordReaderTest {
    private static final Instant AT = Instant.parse("2026-11-20T09:14:21.987654321Z");

    @TempDir Path directory;

    enum Plain {
        SET_ASIDE
    }

    @EnumNaming(EnumNamingStrategies.KebabCaseStrategy.class)
    enum Named {
        SET_ASIDE
    }

    record Inner(String wordOfMany, long startTicks) {}

    record Everything(
            String text,
            @Nullable String absent,
            int number,
            long longNumber,
            boolean truth,
            Instant at,
            Plain plain,
            Named named,
            Version version,
            Digest digest,
            Inner inner,
            List<String> texts,
            List<Inner> inners) {}

    private static Everything everything(String text) {
        return new Everything(
                text,
                null,
                Integer.MIN_VALUE,
                Long.MAX_VALUE,
                true,
                AT,
                Plain.SET_ASIDE,
                Named.SET_ASIDE,
                Version.of("1.0.0-rc.1"),
                Digest.sha256(new byte[0]),
                new Inner(text, -1),
                List.of("", text),
                List.of(new Inner("a", 0), new Inner("b", 1)));
    }

    @Test
    void readsBackWhatTheWriterWrote() throws Exception {
        for (String text :
                List.of(
                        "",
                        "größer als \uD83D\uDE80, \"quoted\" \\ and / so on",
                        "\0\1\b\f\n\r\t\37\177\u2028\uFEFF")) {
            Everything written = everything(text);
            assertThat(RecordReader.read(Json.line(written), Everything.class)).isEqualTo(written);
            Path file = Files.write(directory.resolve("everything.json"), Json.bytes(written));
            assertThat(RecordReader.file(file, Everything.class, "")).isEqualTo(written);
        }
    }

    @Test
    void agreesWithTheLibraryOnWhatIsAbsentAndWhatIsUnknown() {
        for (String json :
                List.of(
                        "{}",
                        "{\"text\": null, \"number\": null}",
                        "{\"text\": \"\", \"version\": \"\", \"digest\": \"\"}",
                        "{\"of-a-newer-supervisor\": {\"a\": [1]}, \"text\": \"x\"}")) {
            assertThat(RecordReader.read(json, Everything.class))
                    .isEqualTo(Json.read(json, Everything.class));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "{\"text\": \"a\", \"text\": \"b\"}",
                "{\"text\": 1}",
                "{\"number\": \"one\"}",
                "{\"number\": 2147483648}",
                "{\"truth\": \"yes\"}",
                "{\"at\": \"yesterday\"}",
                "{\"plain\": \"sideways\"}",
                "{\"version\": \"../..\"}",
                "{\"digest\": \"md5\"}",
                "{\"inner\": []}",
                "{\"texts\": {}}",
                "{\"texts\": [1]}"
            })
    void whatTheWriterCannotHaveWrittenIsDamage(String json) throws Exception {
        Path file = Files.writeString(directory.resolve("damaged.json"), json);
        assertThatThrownBy(() -> RecordReader.file(file, Everything.class, "Remove it."))
                .isInstanceOf(BelayException.class)
                .hasMessageContaining("damaged.json is not as the supervisor wrote it")
                .extracting(e -> ((BelayException) e).kind())
                .isEqualTo("home-damaged");
    }
}
