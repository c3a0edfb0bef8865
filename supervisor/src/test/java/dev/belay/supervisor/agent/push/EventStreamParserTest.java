package dev.belay.supervisor.agent.push;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class EventStreamParserTest {
    private static final String STREAM =
            "\uFEFF: hello\n\nid: 7\nevent: channel\ndata: {\"a\":1}\ndata: zwölf\n\n"
                    + "retry: 1\ndata\n\nid\r\ndata: x\r\n\r\ndata: old Mac\r\revent: nothing\n\n"
                    + "data: no blank line, no event\n";

    @Test
    void readsWhatTheStandardAllows() throws EventStreamException {
        assertThat(parse(STREAM, 10_000))
                .containsExactly(
                        new ServerEvent("7", "channel", "{\"a\":1}\nzwölf"),
                        new ServerEvent("7", "message", ""),
                        new ServerEvent("", "message", "x"),
                        new ServerEvent("", "message", "old Mac"));
    }

    @Test
    void theSizeOfThePiecesDoesNotMatter() throws EventStreamException {
        List<ServerEvent> whole = parse(STREAM, 10_000);
        Random random = new Random(42);
        for (int run = 0; run < 200; run++) {
            assertThat(parse(STREAM, 1 + random.nextInt(9))).isEqualTo(whole);
        }
    }

    @Test
    void anEndlessLineEndsTheStream() {
        assertThatThrownBy(() -> parse("data: " + "x".repeat(EventStreamParser.MAX_LINE), 999))
                .isInstanceOf(EventStreamException.class)
                .hasMessageContaining("line");
    }

    @Test
    void anEndlessEventEndsTheStream() {
        String line = "data: " + "x".repeat(8000) + "\n";
        assertThatThrownBy(() -> parse(line.repeat(9), 999))
                .isInstanceOf(EventStreamException.class)
                .hasMessageContaining("event");
    }

    @Test
    void anIdThatCouldNotStandInAHeaderIsNotTaken() throws EventStreamException {
        EventStreamParser parser = new EventStreamParser("5", _ -> {});
        byte[] bytes = "id: 6\u0000\nid: é\ndata: x\n\n".getBytes(StandardCharsets.UTF_8);
        parser.feed(bytes, bytes.length);
        assertThat(parser.lastId()).isEqualTo("5");
    }

    private static List<ServerEvent> parse(String text, int piece) throws EventStreamException {
        List<ServerEvent> events = new ArrayList<>();
        EventStreamParser parser = new EventStreamParser("", events::add);
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        for (int at = 0; at < bytes.length; at += piece) {
            int end = Math.min(bytes.length, at + piece);
            parser.feed(java.util.Arrays.copyOfRange(bytes, at, end), end - at);
        }
        return events;
    }
}
