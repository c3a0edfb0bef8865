package dev.belay.supervisor.merge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.versys.release.Layout;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WholeFileTest {
    /// `-` is an absent side.
    @ParameterizedTest
    @CsvSource(
            textBlock =
                    """
                    -, -, -, -, 0
                    -, -, i, i, 0
                    -, l, -, l, 0
                    -, l, l, l, 0
                    -, l, i, l, 1
                    b, -, -, -, 0
                    b, -, b, -, 0
                    b, -, i, -, 1
                    b, b, -, -, 0
                    b, l, -, l, 1
                    b, b, i, i, 0
                    b, l, b, l, 0
                    b, i, i, i, 0
                    """)
    void absentAndEqualSides(
            String base, String local, String incoming, String expected, int conflicts) {
        for (ConfigFormat format : ConfigFormat.values()) {
            MergeResult result =
                    ConfigMergers.merger(format)
                            .merge(
                                    new MergeInput(
                                            "conf/x",
                                            format,
                                            side(base),
                                            side(local),
                                            side(incoming)));
            assertThat(result.content().map(String::new))
                    .isEqualTo(side(expected).map(String::new));
            assertThat(result.conflicts()).hasSize(conflicts);
        }
    }

    private static Optional<byte[]> side(String name) {
        return name.equals("-") ? Optional.empty() : Optional.of(Merges.bytes(name));
    }

    @Test
    void formatComesFromTheDeclarationOrTheName() {
        Layout layout =
                new Layout(
                        List.of(
                                new Layout.ConfigPath("conf", true, Optional.empty()),
                                new Layout.ConfigPath("odd.conf", false, Optional.of("xml"))),
                        List.of(),
                        List.of());
        assertThat(ConfigMergers.format(layout, "odd.conf")).isEqualTo(ConfigFormat.XML);
        assertThat(ConfigMergers.format(layout, "conf/server.XML")).isEqualTo(ConfigFormat.XML);
        assertThat(ConfigMergers.format(layout, "conf/a.properties"))
                .isEqualTo(ConfigFormat.PROPERTIES);
        assertThat(ConfigMergers.format(layout, "conf/a.yaml")).isEqualTo(ConfigFormat.TEXT);
    }
}
