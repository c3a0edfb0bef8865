package dev.belay.supervisor.agent;

import java.io.PrintStream;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;

/// The agent's own log: one line per event on a stream, for the terminal or the service manager.
final class AgentLog {
    private final PrintStream out;
    private final InstantSource clock;

    AgentLog(PrintStream out, InstantSource clock) {
        this.out = out;
        this.clock = clock;
    }

    /// Control characters are taken out, because part of a message may come from elsewhere.
    void say(String message) {
        String line = message.replaceAll("\\p{Cntrl}+", " ");
        out.println(clock.instant().truncatedTo(ChronoUnit.MILLIS) + " " + line);
    }

    void unexpected(String while_, Throwable failure) {
        say("Unexpected failure while " + while_ + ": " + failure);
    }
}
