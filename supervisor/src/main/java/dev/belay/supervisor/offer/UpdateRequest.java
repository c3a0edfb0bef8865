package dev.belay.supervisor.offer;

import dev.belay.versys.version.Version;
import java.util.Optional;
import java.util.Set;

/// What the caller of an update asks for.
///
/// @param target the version to reach; empty for the newest that is offered to this host
/// @param retryRejected versions that failed here before and shall be tried again
/// @param acceptMissing whether shipped program files of the installed release may be missing, so
///   that going back leads to a release without them
/// @param choices what the admin decides for this once
public record UpdateRequest(
        Optional<Version> target,
        Set<Version> retryRejected,
        boolean acceptMissing,
        Choices choices) {
    public UpdateRequest {
        retryRejected = Set.copyOf(retryRejected);
    }

    /// One that insists on a whole way back.
    public UpdateRequest(Optional<Version> target, Set<Version> retryRejected) {
        this(target, retryRejected, false, Choices.NONE);
    }

    /// To the newest release that is offered to this host.
    public static UpdateRequest latest() {
        return new UpdateRequest(Optional.empty(), Set.of());
    }

    /// To that release.
    public static UpdateRequest to(Version target) {
        return new UpdateRequest(Optional.of(target), Set.of());
    }
}
