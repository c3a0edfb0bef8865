package dev.belay.versys.graph;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Versions that do not belong to the document's scheme have no place in its order. A document that
/// orders by one is refused when it is read, not when a host plans with it.
class ForeignVersionsTest {
    private static byte[] document(String scheme, String fields) {
        return ("{\"format\":1,\"product\":\"shop\",\"channel\":\"stable\",\"scheme\":\""
                        + scheme
                        + "\","
                        + fields
                        + ",\"releases\":[{\"version\":\"1.0.0\"},{\"version\":\"2.0.0\"}]}")
                .getBytes(UTF_8);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"floor\":\"monday\"",
                "\"floor\":\"1.0\"",
                "\"stops\":[{\"version\":\"monday\",\"message\":\"why\"}]",
            })
    void areRefused(String fields) {
        for (String scheme : new String[] {"semver", "opaque"}) {
            assertThatThrownBy(() -> Channel.parse(document(scheme, fields)))
                    .as(scheme)
                    .isInstanceOf(InvalidChannelException.class)
                    .hasMessageContaining("version");
        }
    }

    @Test
    void versionsOfTheSchemeThatAreNoReleasesAreNone() {
        String fields = "\"floor\":\"1.5.0\",\"stops\":[{\"version\":\"1.7.0\"}]";
        assertThat(Channel.parse(document("semver", fields)).rules().floor()).isPresent();
    }
}
