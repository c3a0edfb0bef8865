package dev.belay.versys.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChannelEncodingTest {
    private static final String DOCUMENT =
            "{\"format\":1,\"product\":\"shop\",\"channel\":\"stable\",\"releases\":"
                    + "[{\"version\":\"1.0.0\",\"notes\":\"gr\u00fcn\"}]}";

    @Test
    void readsUtf8() {
        Channel channel = Channel.parse(DOCUMENT.getBytes(StandardCharsets.UTF_8));
        assertThat(channel.releases().getFirst().about().notes()).isEqualTo("gr\u00fcn");
    }

    /// A reader that guesses the encoding sees another document than one that does not.
    @Test
    void guessesNoOtherEncoding() {
        for (Charset other :
                List.of(
                        StandardCharsets.UTF_16,
                        StandardCharsets.UTF_16LE,
                        StandardCharsets.UTF_32BE,
                        StandardCharsets.ISO_8859_1)) {
            assertThatThrownBy(() -> Channel.parse(DOCUMENT.getBytes(other)))
                    .as(other.name())
                    .isInstanceOf(InvalidChannelException.class);
        }
    }
}
