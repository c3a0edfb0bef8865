package dev.belay.supervisor.transaction;

import dev.belay.packaging.failure.BelayException;
import dev.belay.packaging.failure.IoFailures;
import dev.belay.supervisor.service.ProgramFailure;
import dev.belay.supervisor.status.Step;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Why something failed, in the form that journal, events, status and report share.
///
/// @param kind the machine name
/// @param message what happened, in words
/// @param step the step that failed; null if it was none
/// @param details the last lines of the program that failed; null if it was none
/// @param help where to look, in words; empty if there is nothing to say
public record Failure(
        String kind,
        String message,
        @Nullable Step step,
        @Nullable List<String> details,
        @Nullable String help) {
    Failure(String kind, String message, @Nullable Step step) {
        this(kind, message, step, null, null);
    }

    /// An interrupted run: the supervisor was killed, or the machine lost power.
    public static Failure interrupted() {
        return new Failure(
                "interrupted", "The supervisor was killed or the machine lost power.", null);
    }

    /// @param step in which it happened; null if in none
    public static Failure of(Throwable failure, @Nullable Step step) {
        return switch (failure) {
            case ProgramFailure program ->
                    new Failure(
                            program.kind(),
                            String.valueOf(program.getMessage()),
                            step,
                            program.details(),
                            program.help());
            case BelayException known ->
                    new Failure(known.kind(), String.valueOf(known.getMessage()), step);
            case UncheckedIOException io -> of(IoFailures.of(io), step);
            case IOException io -> of(IoFailures.of("", io), step);
            default -> new Failure("internal-error", failure.toString(), step);
        };
    }

    /// The last lines of the program that failed, oldest first.
    public List<String> lines() {
        return details == null ? List.of() : details;
    }

    /// Whether it speaks against the release, so that the release is not offered again: only what
    /// its programs did does, and not what the host or the supervisor could not do.
    public boolean blamesRelease() {
        return step != null
                && step.ofRelease()
                && details != null
                && !kind.equals("interrupted")
                && !IoFailures.ofHost(kind);
    }
}
