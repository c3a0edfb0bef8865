package dev.belay.supervisor.agent.web;

import dev.belay.supervisor.json.Json;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// Reads `events.jsonl` while others append to it. A position is the offset of a line's end, so it
/// serves as an id to resume from. A half-written last line is left for the next read; a line that
/// is no JSON object or longer than 64 KiB is passed over.
final class EventTail {
    /// @param end the offset after the line
    /// @param json the line
    record Line(long end, String json) {}

    private static final int MAX_LINE = 64 * 1024;
    private static final int CHUNK = 256 * 1024;

    private final Path file;

    EventTail(Path file) {
        this.file = file;
    }

    /// The next whole lines after a position, at most a quarter of a megabyte at once.
    ///
    /// @param from a line's end, or 0; a position beyond the file means that the file was begun
    ///   anew, and reading begins anew too
    /// @return the lines, empty if there is nothing new
    List<Line> after(long from) throws IOException {
        if (!Files.exists(file)) {
            return List.of();
        }
        try (RandomAccessFile log = new RandomAccessFile(file.toFile(), "r")) {
            long start = from > log.length() ? 0 : from;
            byte[] bytes = new byte[(int) Math.min(CHUNK, log.length() - start)];
            log.seek(start);
            log.readFully(bytes);
            return lines(bytes, start);
        }
    }

    /// Where to begin for somebody who knows nothing: the first line of the newest transaction, so
    /// that a reload shows all of a running update; the end if it is not within the last chunk.
    long newestTransaction() throws IOException {
        if (!Files.exists(file)) {
            return 0;
        }
        long length = Files.size(file);
        long position = Math.max(0, length - 4 * CHUNK);
        long begin = position;
        String newest = null;
        for (List<Line> lines = after(position); !lines.isEmpty(); lines = after(position)) {
            for (Line line : lines) {
                String transaction = transaction(line).orElse(newest);
                if (transaction != null && !transaction.equals(newest)) {
                    newest = transaction;
                    begin = position;
                }
                position = line.end();
            }
            if (position >= length) {
                break;
            }
        }
        return newest == null ? position : begin;
    }

    private static List<Line> lines(byte[] bytes, long start) {
        List<Line> lines = new ArrayList<>();
        int begin = 0;
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == '\n') {
                int length = i - begin;
                String text = new String(bytes, begin, length, StandardCharsets.UTF_8);
                lines.add(
                        new Line(
                                start + i + 1,
                                length <= MAX_LINE && Json.object(text).isPresent() ? text : "{}"));
                begin = i + 1;
            }
        }
        if (begin == 0 && bytes.length == CHUNK) {
            lines.add(new Line(start + CHUNK, "{}")); // one endless line: step over it
        }
        return lines;
    }

    private static Optional<String> transaction(Line line) {
        return Json.object(line.json())
                .map(event -> event.get("transaction"))
                .filter(JsonNode::isString)
                .map(JsonNode::stringValue);
    }
}
