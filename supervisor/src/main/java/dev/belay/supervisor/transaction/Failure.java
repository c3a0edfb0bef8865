package dev.belay.supervisor.transaction;

import dev.belay.packaging.failure.BelayException;
import java.io.IOException;
import java.io.UncheckedIOException;

/// Why something failed, in the form that journal, events, status and report share.
///
/// @param kind the machine name
/// @param message what happened, in words
/// @param step the step that failed, as [Step#label()]; empty if it was none
record Failure(String kind, String message, String step) {
    /// An interrupted run: the supervisor was killed, or the machine lost power.
    static Failure interrupted() {
        return new Failure(
                "interrupted", "The supervisor was killed or the machine lost power.", "");
    }

    static Failure of(Throwable failure, String step) {
        return switch (failure) {
            case BelayException known ->
                    new Failure(known.kind(), String.valueOf(known.getMessage()), step);
            case UncheckedIOException io when io.getCause() != null ->
                    new Failure("io-error", io.getCause().toString(), step);
            case IOException io -> new Failure("io-error", io.toString(), step);
            default -> new Failure("internal-error", failure.toString(), step);
        };
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
