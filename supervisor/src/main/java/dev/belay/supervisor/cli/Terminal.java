package dev.belay.supervisor.cli;

import java.io.Console;
import java.util.Optional;

/// Whether a person sits at the other end.
final class Terminal {
    private Terminal() {}

    static Optional<Console> console() {
        return Optional.ofNullable(System.console()).filter(Console::isTerminal);
    }

    /// Whether lines may be drawn over.
    static boolean live() {
        return console().isPresent() && System.getenv("NO_COLOR") == null;
    }
}
