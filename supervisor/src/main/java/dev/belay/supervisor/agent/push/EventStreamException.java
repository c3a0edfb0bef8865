package dev.belay.supervisor.agent.push;

import java.io.IOException;

/// The stream broke a limit or said something that is not an event stream. The connection is of no
/// further use.
final class EventStreamException extends IOException {
    private static final long serialVersionUID = 1;

    EventStreamException(String message) {
        super(message);
    }
}
