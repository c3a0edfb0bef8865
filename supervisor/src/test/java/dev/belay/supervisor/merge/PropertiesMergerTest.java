package dev.belay.supervisor.merge;

import static dev.belay.supervisor.merge.ConfigFormat.PROPERTIES;
import static dev.belay.supervisor.merge.Merges.merge;
import static dev.belay.supervisor.merge.Merges.merged;
import static dev.belay.supervisor.merge.Merges.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PropertiesMergerTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    a=1\\nb=1\\n        | a=9\\nb=1\\n             | a=1\\nb=2\\n          | a=9\\nb=2\\n
                    a=1\\n              | a : 1\\nown=1\\n         | a=2\\n                | a : 2\\nown=1\\n
                    a=1\\nc=1\\n        | a=1\\nc=1\\nx=1\\n       | a=1\\nb=1\\nc=1\\n     | a=1\\nb=1\\nc=1\\nx=1\\n
                    a=1\\nb=1\\n        | # my\\na=1\\nb=1\\n      | b=1\\n                | # my\\nb=1\\n
                    # o\\na=1\\n        | # o\\na=1\\nx=1\\n       | # n\\na=1\\n           | # n\\na=1\\nx=1\\n
                    #a=1\\n             | a=5\\n                   | #a=2\\nb=1\\n          | a=5\\nb=1
                    a=1\\n              | a=1\\na=7\\n             | a=2\\n                | a=2\\na=7\\n
                    a\\n                | a\\nx=1\\n               | a=2\\n                | a=2\\nx=1\\n
                    a=1                 | a=1\\nx=1                | a=1\\nb=1             | a=1\\nb=1\\nx=1
                    a=1\\r\\nb=2\\r\\n  | a=1\\r\\nb=2\\r\\nx=1\\r\\n | a=1\\nb=3\\n       | a=1\\r\\nb=3\\r\\nx=1\\r\\n
                    """)
    void merges(String base, String local, String incoming, String expected) {
        MergeResult result = merge(PROPERTIES, plain(base), plain(local), plain(incoming));

        assertThat(text(result).stripTrailing()).isEqualTo(plain(expected).stripTrailing());
        assertThat(result.conflicts()).isEmpty();
        assertThat(merged(PROPERTIES, plain(base), text(result), plain(incoming)))
                .isEqualTo(text(result));
    }

    private static String plain(String escaped) {
        return escaped.replace("\\r", "\r").replace("\\n", "\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    a=1\\nz=1 | a=2\\nz=1      | a=3\\nz=1      | a=2\\nz=1
                    a=1\\nz=1 | a=2\\nz=1      | z=1            | a=2\\nz=1
                    a=1\\nz=1 | z=1            | a=2\\nz=1      | z=1
                    z=1       | z=1\\na=1      | z=1\\na=2      | z=1\\na=1
                    """)
    void bothChangedMeansTheAdminsLineStands(
            String base, String local, String incoming, String expected) {
        MergeResult result = merge(PROPERTIES, plain(base), plain(local), plain(incoming));

        assertThat(text(result)).isEqualTo(plain(expected));
        assertThat(result.conflicts())
                .singleElement()
                .satisfies(it -> assertThat(it.location()).isEqualTo("a"));
    }

    @Test
    void readsKeysAndValuesAsJavaDoes() throws Exception {
        String text =
                """
                # comment\\
                plain=value
                  spaced  :  some words \s
                escaped\\ key\\=x=\\u00e9\\t\\n\\\\
                long=one,\\
                     two,\\
                   # not a comment
                  ! a comment
                bare
                empty=
                tab\tvalue
                multi\\
                  key=1
                weird==x
                """;
        Properties expected = new Properties();
        expected.load(new StringReader(text));
        Map<String, String> read = new HashMap<>();
        for (PropertiesPiece piece : PropertiesParser.parse(text)) {
            if (piece instanceof PropertiesPiece.Property property) {
                read.put(property.key(), property.value());
            }
        }
        assertThat(read).isEqualTo(expected);
        expected = new Properties();
        expected.load(new StringReader(text.replace("\n", "\r\n")));
        read.clear();
        for (PropertiesPiece piece : PropertiesParser.parse(text.replace("\n", "\r\n"))) {
            if (piece instanceof PropertiesPiece.Property property) {
                read.put(property.key(), property.value());
            }
        }
        assertThat(read).isEqualTo(expected);
    }

    @Test
    void listsOfBothSidesMergeItemByItem() {
        MergeResult result =
                merge(
                        PROPERTIES,
                        "skip=\\\na,\\\nb,\\\nc\n",
                        "skip=\\\na,\\\nmine,\\\nb,\\\nc\n",
                        "skip=\\\nb,\\\nc,\\\nnew\n");

        assertThat(text(result)).isEqualTo("skip=\\\nmine,\\\nb,\\\nc,\\\nnew\n");
        assertThat(result.conflicts()).isEmpty();
    }

    @Test
    void sentencesWithCommasAreNoLists() {
        MergeResult result =
                merge(PROPERTIES, "t=one, two a, b\n", "t=one, two c, b\n", "t=uno, two a, b\n");

        assertThat(text(result)).isEqualTo("t=one, two c, b\n");
        assertThat(result.conflicts()).hasSize(1);
    }

    @Test
    void latin1FilesStayLatin1() {
        byte[] local = "a=1\nb=\u00fc\n".getBytes(StandardCharsets.ISO_8859_1);
        MergeResult result =
                ConfigMergers.merger(PROPERTIES)
                        .merge(
                                new MergeInput(
                                        "a.properties",
                                        PROPERTIES,
                                        Optional.of(Merges.bytes("a=1\n")),
                                        Optional.of(local),
                                        Optional.of(Merges.bytes("a=\u20ac\n"))));
        assertThat(new String(result.content().orElseThrow(), StandardCharsets.ISO_8859_1))
                .isEqualTo("a=\\u20AC\nb=\u00fc\n");
    }

    @Test
    void brokenEscapeIsRefusedWithItsLine() {
        UnmergeableConfigException refused =
                catchThrowableOfType(
                        UnmergeableConfigException.class,
                        () -> merge(PROPERTIES, "a=1\n", "a=1\nb=\\u12\n", "a=2\n"));
        assertThat(refused.line()).isEqualTo(2);
    }
}
