package dev.belay.supervisor.service;

import dev.belay.packaging.failure.BelayException;
import dev.belay.packaging.failure.IoFailures;
import dev.belay.supervisor.words.Sentences;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A failure of the product or of one of its hooks, with what that program said last. The message
/// stands without it.
public final class ProgramFailure extends BelayException {
    private static final long serialVersionUID = 1;
    private static final int SHOWN = 12;
    private static final int WIDTH = 400;

    private final String[] details; // an array, because exceptions are serializable

    /// @param output what the program wrote; its last lines are kept
    public ProgramFailure(
            String kind, String message, String help, String output, @Nullable Throwable cause) {
        super(kind, message, help, cause);
        List<String> lines =
                output.lines()
                        .filter(line -> !line.isBlank())
                        .map(line -> line.substring(Math.max(0, line.length() - WIDTH)))
                        .toList();
        this.details =
                lines.subList(Math.max(0, lines.size() - SHOWN), lines.size())
                        .toArray(String[]::new);
    }

    /// A program that could not even be started: the host's failure if it lacks something, else the
    /// program's.
    ///
    /// @param message what could not be started
    static BelayException notStarted(String kind, String message, String help, IOException cause) {
        BelayException host = IoFailures.of(message, cause);
        return IoFailures.ofHost(host.kind())
                ? host
                : new ProgramFailure(
                        kind, message + ": " + cause.getMessage() + ".", help, "", cause);
    }

    /// The same failure with more to say.
    public ProgramFailure saying(String more) {
        return new ProgramFailure(
                kind(),
                Sentences.join(String.valueOf(getMessage()), more),
                help(),
                String.join("\n", details),
                this);
    }

    @Override
    public List<String> details() {
        return List.of(details);
    }
}
