package dev.belay.supervisor.status;

import dev.belay.packaging.durable.DurableFiles;
import dev.belay.supervisor.json.Json;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import tools.jackson.core.JacksonException;

/// `events.jsonl`: what happened, one JSON object per line, only ever appended to.
///
/// Nothing depends on it (the journal is what recovery reads), so that lines are not forced to the
/// disk one by one and a full disk only costs the line.
public final class EventLog {
    private static final int LIMIT = 8 << 20;
    private final Path file;

    /// @param file `events.jsonl` of the home
    public EventLog(Path file) {
        this.file = file;
    }

    /// Appends one event in one write, so that lines of two processes do not mix.
    public void append(Event event) {
        // not by a channel: an interrupted thread tells how it ended, too
        try (FileOutputStream out = new FileOutputStream(file.toFile(), true)) {
            out.write((Json.line(event) + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            // a full disk must not fail the update or, worse, its rollback
            System.getLogger(EventLog.class.getName())
                    .log(System.Logger.Level.WARNING, "event not logged: {0}", e.toString());
        }
    }

    /// Drops the older half once there are more than 8 MiB of lines. A line that somebody appends
    /// at this very moment may be lost.
    public void trim() throws IOException {
        if (file.toFile().length() <= LIMIT) {
            return;
        }
        byte[] lines = Files.readAllBytes(file);
        int begin = lines.length - LIMIT / 2;
        while (begin < lines.length && lines[begin - 1] != '\n') {
            begin++;
        }
        DurableFiles.write(
                file,
                Arrays.copyOfRange(lines, begin, lines.length),
                Files.getPosixFilePermissions(file));
    }

    /// All events, oldest first. A line that is no event (torn by a power cut) is passed over.
    public List<Event> read() {
        List<Event> events = new ArrayList<>();
        try {
            for (String line : Files.readString(file, StandardCharsets.UTF_8).split("\n")) {
                parse(line, events);
            }
        } catch (NoSuchFileException e) {
            return events;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return events;
    }

    private static void parse(String line, List<Event> events) {
        try {
            if (!line.isBlank()) {
                events.add(Json.read(line, Event.class));
            }
        } catch (JacksonException e) {
            System.getLogger(EventLog.class.getName())
                    .log(System.Logger.Level.DEBUG, "not an event: {0}", line);
        }
    }
}
