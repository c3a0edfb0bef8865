package dev.belay.supervisor.agent.push;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/// Turns the bytes of a server-sent event stream into events (WHATWG HTML §9.2.6).
///
/// Memory is bounded: a line or an event above its limit ends the stream with an
/// [EventStreamException], however many bytes the server goes on to send. Bytes may arrive in any
/// pieces. Not thread-safe; one parser serves one connection.
final class EventStreamParser {
    /// The longest line in bytes.
    static final int MAX_LINE = 8 * 1024;

    /// The most data of one event in bytes.
    static final int MAX_EVENT = 64 * 1024;

    private final Consumer<ServerEvent> events;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream(128);
    private final StringBuilder data = new StringBuilder();
    private boolean sawData;
    private String type = "";
    private String id;
    private boolean skipLineFeed;
    private boolean firstLine = true;

    /// @param lastId the id to start from, empty for none
    EventStreamParser(String lastId, Consumer<ServerEvent> events) {
        this.id = lastId;
        this.events = events;
    }

    /// Takes the next bytes; calls the consumer for each event that they complete.
    void feed(byte[] bytes, int length) throws EventStreamException {
        for (int i = 0; i < length; i++) {
            byte next = bytes[i];
            if (skipLineFeed && next == '\n') {
                skipLineFeed = false;
                continue;
            }
            skipLineFeed = next == '\r';
            if (next == '\r' || next == '\n') {
                endLine();
            } else if (line.size() == MAX_LINE) {
                throw new EventStreamException("a line is longer than " + MAX_LINE + " bytes");
            } else {
                line.write(next);
            }
        }
    }

    /// The id to resume from, as sent in `Last-Event-ID`.
    String lastId() {
        return id;
    }

    private void endLine() throws EventStreamException {
        String text = line.toString(StandardCharsets.UTF_8);
        line.reset();
        if (firstLine) {
            firstLine = false;
            text = text.startsWith("\uFEFF") ? text.substring(1) : text;
        }
        if (text.isEmpty()) {
            dispatch();
            return;
        }
        int colon = text.indexOf(':');
        String field = colon < 0 ? text : text.substring(0, colon);
        String value = colon < 0 ? "" : text.substring(colon + 1);
        field(field, value.startsWith(" ") ? value.substring(1) : value);
    }

    private void field(String field, String value) throws EventStreamException {
        switch (field) {
            case "data" -> {
                if (data.length() + value.length() > MAX_EVENT) {
                    throw new EventStreamException("an event is longer than " + MAX_EVENT);
                }
                data.append(sawData ? "\n" : "").append(value);
                sawData = true;
            }
            case "event" -> type = value;
            case "id" -> id = isHeaderSafe(value) ? value : id;
            default -> {
                // comments and unknown fields are ignored, as the standard asks; so is `retry`,
                // because a server must not be able to call ten thousand hosts back at once
            }
        }
    }

    private void dispatch() {
        if (sawData) {
            events.accept(new ServerEvent(id, type.isEmpty() ? "message" : type, data.toString()));
        }
        data.setLength(0);
        sawData = false;
        type = "";
    }

    /// The id goes back to the server in a header, so what could not stand in one is not taken.
    private static boolean isHeaderSafe(String value) {
        return value.length() <= 256 && value.chars().allMatch(c -> c >= 0x20 && c < 0x7f);
    }
}
