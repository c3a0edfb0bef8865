package dev.belay.versys.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class YamlDocumentTest {
    private static YamlDocument parse(String text) {
        return YamlDocument.parse(text.getBytes(StandardCharsets.UTF_8), "a.yaml");
    }

    @Test
    void columnsCountCodePointsAfterAnEmoji() {
        YamlDocument document = parse("{\"\uD83D\uDE00\": 1, b: two}");

        YamlNode value = document.root().orElseThrow().value("b").orElseThrow();
        assertThat(value.column()).isEqualTo(13);
        assertThat(document.source().render(new YamlProblem(1, 13, "b", "no", "yes")))
                .endsWith("\n  " + " ".repeat(12) + "^");
    }

    @Test
    void byteOrderMarkIsNoPartOfTheFirstKey() {
        assertThat(parse("\uFEFFa: 1\n").root().orElseThrow().value("a")).isPresent();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    a: 1\\na: 2                | 2 | 1 | there twice
                    a: &x 1\\nb: *x            | 1 | 4 | anchors
                    a: &x 1\\nb: *x            | 2 | 4 | aliases
                    a: !!java/object x         | 1 | 4 | tags
                    a: !!map {}                | 1 | 4 | tags
                    a: 1\\n---\\nb: 2          | 2 | 1 | second document
                    - 1                        | 1 | 1 | no mapping
                    {[a]: 1}                   | 1 | 2 | a key must be plain text
                    a: [1                      | 2 | 1 | not YAML
                    """)
    void refuses(String escaped, int line, int column, String words) {
        String text = escaped.replace("\\n", "\n") + "\n";
        assertThat(parse(text).problems())
                .anySatisfy(problem -> {
                    assertThat(problem.message()).contains(words);
                    assertThat(problem.line()).isEqualTo(line);
                    assertThat(problem.column()).isEqualTo(column);
                });
    }

    @Test
    void refusesWhatIsNotText() {
        byte[] latin1 = "a: 1\nb: \u00e9\n".getBytes(StandardCharsets.ISO_8859_1);
        YamlProblem problem = YamlDocument.parse(latin1, "a.yaml").problems().getFirst();
        assertThat(problem.message()).contains("UTF-8");
        assertThat(problem.line()).isEqualTo(2);
        assertThat(problem.column()).isEqualTo(4);

        assertThat(parse("a: 1\nb: \u0001\n").problems().getFirst())
                .satisfies(it -> {
                    assertThat(it.message()).contains("U+0001");
                    assertThat(it.line()).isEqualTo(2);
                });
        assertThat(parse("").problems().getFirst().message()).contains("empty");
    }

    @Test
    void refusesHugeAndDeepDocumentsWithoutHarm() {
        byte[] huge = new byte[YamlDocument.MAX_BYTES + 1];
        Arrays.fill(huge, (byte) '#');
        assertThat(YamlDocument.parse(huge, "a.yaml").problems().getFirst().message())
                .contains("1 MiB");
        assertThat(parse("a: " + "[".repeat(5000) + "]".repeat(5000)).problems().getFirst())
                .satisfies(it -> assertThat(it.message()).contains("nested deeper"));
    }

    @ParameterizedTest
    @CsvSource({"500ms,PT0.5S", "90s,PT1M30S", "10m,PT10M", "6h,PT6H", "7d,PT168H", "0s,PT0S"})
    void durations(String text, Duration expected) {
        assertThat(Quantities.duration(text)).contains(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "12B,12",
        "900MB,900000000",
        "1.5GB,1500000000",
        "64MiB,67108864",
        "2kB,2000",
        "1TiB,1099511627776"
    })
    void sizes(String text, long expected) {
        assertThat(Quantities.size(text)).contains(expected);
    }

    @ParameterizedTest
    @CsvSource({"90", "1.5h", "-1s", "1 s", "''", "99999999999s"})
    void noDurations(String text) {
        assertThat(Quantities.duration(text)).isEmpty();
        assertThat(Quantities.size(text)).isEmpty();
    }
}
