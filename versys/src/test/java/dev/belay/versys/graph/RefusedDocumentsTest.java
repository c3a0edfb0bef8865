package dev.belay.versys.graph;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What a document may not say, because it would mean something else than its author thinks, or
/// something else to another reader.
class RefusedDocumentsTest {
    private static String document(String fields) {
        return "{\"format\":1,\"product\":\"shop\",\"channel\":\"stable\"," + fields + "}";
    }

    private static String release(String fields) {
        return document("\"releases\":[{\"version\":\"1.0.0\"," + fields + "}]");
    }

    private static AbstractThrowableAssert<?, ?> refuses(String json) {
        return assertThatThrownBy(() -> Channel.parse(json.getBytes(UTF_8)))
                .as(json)
                .isInstanceOf(InvalidChannelException.class);
    }

    @Test
    void noChannelAtAll() {
        refuses(release("\"channels\":[]")).hasMessageContaining("every one");
    }

    @Test
    void seriesOfNamesWithoutNumbers() {
        refuses(document("\"scheme\":\"opaque\",\"stops\":[{\"last-of-each\":\"major\"}]"))
                .hasMessageContaining("numbers");
    }

    @ParameterizedTest
    @ValueSource(strings = {"+999999999-12-31T23:59:59Z", "-0001-01-01T00:00:00Z"})
    void instantsBeyondAnyCalendar(String instant) {
        refuses(release("\"date\":\"" + instant + "\"")).hasMessageContaining("years 1 to 9999");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/etc/passwd", "../p", "a/../b", "a//b", "a/./b", "a\\\\b", ""})
    void pathsThatLeadElsewhere(String path) {
        refuses(release("\"platforms\":{\"any\":{\"path\":\"" + path + "\",\"length\":1}}"));
    }

    @ParameterizedTest
    @CsvSource({"inculde,include", "exlude,exclude", "ingore,ignore", "'rc,includ',include"})
    void policiesThatAreMisspelt(String policy, String meant) {
        refuses(release("\"from\":\"1.x ;pre-release=" + policy + "\""))
                .hasMessageContaining("is " + meant + " meant?")
                .hasMessageContaining("/releases/0/from");
    }

    @Test
    void halvesOfCharacters() {
        refuses(release("\"notes\":\"\\ud800\"")).hasMessageContaining("surrogate");
        refuses(release("\"x-\\udc00\":\"\"")).hasMessageContaining("surrogate");
        assertThat(
                        Channel.parse(release("\"notes\":\"\\ud83d\\ude00\"").getBytes(UTF_8))
                                .releases())
                .hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u00c1\u0081", "\u00e0\u0080\u00af", "\u00ed\u00a0\u0080", "\u00ff"})
    void bytesThatAreNoUtf8(String bytes) {
        byte[] json = release("\"notes\":\"" + bytes + "\"").getBytes(ISO_8859_1);

        assertThatThrownBy(() -> Channel.parse(json))
                .isInstanceOf(InvalidChannelException.class)
                .hasMessageContaining("not UTF-8 at byte");
    }

    @Test
    void whatIsTooLargeInOurOwnWords() {
        refuses(release("\"notes\":\"" + "n".repeat(1_000_001) + "\""))
                .hasMessageContaining("1,000,000 characters")
                .hasMessageNotContaining("StreamReadConstraints");
        refuses(release("\"x-deep\":" + "[".repeat(100)));
        refuses(release("\"previous\":" + "[".repeat(100)))
                .hasMessageContaining("a string is needed");
        refuses(release("\"" + "x".repeat(50_001) + "\":1"))
                .hasMessageContaining("50,000 in a field's name");
        refuses(release("\"requires\":{\"n\":" + "{\"not\":".repeat(40)))
                .hasMessageContaining("32 objects or lists in each other");
        refuses(release("\"from\":\"" + "1.x||".repeat(4_000) + "1.x\""))
                .hasMessageContaining("a range has at most 16384 characters");
        refuses(release("\"requires\":{\"n\":" + "9".repeat(2000) + "}"))
                .hasMessageContaining("1,000 digits");
    }
}
