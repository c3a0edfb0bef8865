package dev.belay.supervisor.transaction;

import dev.belay.packaging.failure.BelayException;
import dev.belay.packaging.failure.IoFailures;
import dev.belay.supervisor.service.ProgramFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Why something failed, in the form that journal, events, status and report share.
///
/// @param kind the machine name
/// @param message what happened, in words
/// @param step the step that failed, as [Step#label()]; empty if it was none
/// @param details the last lines of the program that failed; empty if there was none
/// @param help where to look, in words; empty if there is nothing to say
record Failure(
        String kind,
        String message,
        String step,
        @Nullable List<String> details,
        @Nullable String help) {
    Failure(String kind, String message, String step) {
        this(kind, message, step, null, null);
    }

    /// An interrupted run: the supervisor was killed, or the machine lost power.
    static Failure interrupted() {
        return new Failure(
                "interrupted", "The supervisor was killed or the machine lost power.", "");
    }

    static Failure of(Throwable failure, String step) {
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
    List<String> lines() {
        return details == null ? List.of() : details;
    }

    /// The failure at another step.
    Failure at(String otherStep) {
        return new Failure(kind, message, otherStep, details, help);
    }

    /// Whether the release is to blame, so that it is not offered again.
    boolean blamesRelease() {
        if (kind.equals("interrupted")) {
            return false;
        }
        for (Step candidate : Step.values()) {
            if (candidate.label().equals(step)) {
                return candidate.blamesRelease();
            }
        }
        return false;
    }
}
