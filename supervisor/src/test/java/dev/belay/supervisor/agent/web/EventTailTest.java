package dev.belay.supervisor.agent.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventTailTest {
    @TempDir Path temp;
    private Path file;
    private EventTail log;

    @BeforeEach
    void noFileYet() {
        file = temp.resolve("events.jsonl");
        log = new EventTail(file);
    }

    @Test
    void aMissingFileIsAnEmptyOne() throws IOException {
        assertThat(log.after(0)).isEmpty();
        assertThat(log.newestTransaction()).isZero();
    }

    @Test
    void aHalfWrittenLineIsLeftForLater() throws IOException {
        append("{\"a\":1}\n{\"b\":");
        List<EventTail.Line> first = log.after(0);
        assertThat(first).extracting(EventTail.Line::json).containsExactly("{\"a\":1}");
        append("2}\n");
        assertThat(log.after(first.getLast().end()))
                .extracting(EventTail.Line::json)
                .containsExactly("{\"b\":2}");
    }

    @Test
    void whatIsNoEventIsPassedOver() throws IOException {
        append("garbage\n[1]\n\n" + "x".repeat(70_000) + "\n{\"ok\":1}\n");
        assertThat(log.after(0)).extracting(EventTail.Line::json).last().isEqualTo("{\"ok\":1}");
        assertThat(log.after(0)).extracting(EventTail.Line::json).doesNotContain("garbage");
    }

    @Test
    void anEndlessLineDoesNotStopTheReader() throws IOException {
        append("x".repeat(600_000) + "\n{\"ok\":1}\n");
        assertThat(everything(0)).last().isEqualTo("{\"ok\":1}");
    }

    @Test
    void aFileBegunAnewIsReadFromItsStart() throws IOException {
        append("{\"a\":1}\n{\"b\":2}\n");
        Files.writeString(file, "{\"c\":3}\n");
        assertThat(log.after(16)).extracting(EventTail.Line::json).containsExactly("{\"c\":3}");
    }

    @Test
    void aNewReaderBeginsAtTheNewestTransaction() throws IOException {
        append("{\"transaction\":\"t1\",\"n\":1}\n{\"transaction\":null}\n");
        append("{\"transaction\":\"t2\",\"n\":1}\n{\"x\":0}\n{\"transaction\":\"t2\",\"n\":2}\n");
        assertThat(everything(log.newestTransaction()))
                .first()
                .isEqualTo("{\"transaction\":\"t2\",\"n\":1}");
    }

    @Test
    void aLongHistoryDoesNotHideTheNewestTransaction() throws IOException {
        String line = "{\"transaction\":\"old\",\"text\":\"" + "x".repeat(900) + "\"}\n";
        append(line.repeat(3000));
        append("{\"transaction\":\"new\"}\n".repeat(2));
        assertThat(everything(log.newestTransaction())).hasSize(2);
    }

    private List<String> everything(long from) throws IOException {
        List<String> all = new ArrayList<>();
        long position = from;
        for (var lines = log.after(position); !lines.isEmpty(); lines = log.after(position)) {
            lines.forEach(line -> all.add(line.json()));
            position = lines.getLast().end();
        }
        return all;
    }

    private void append(String text) throws IOException {
        Files.writeString(file, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
}
