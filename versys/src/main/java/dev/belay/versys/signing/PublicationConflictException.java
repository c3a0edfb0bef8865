package dev.belay.versys.signing;

import dev.belay.packaging.failure.RefusedException;

/// What somebody wants to publish contradicts what is published. Nothing was changed.
///
/// Kinds: `repository-exists`, `release-exists` (same target, other bytes) and `metadata-conflict`
/// (somebody published in between: fetch, sign again, retry).
public final class PublicationConflictException extends RefusedException {
    private static final long serialVersionUID = 1;

    /// See [dev.belay.packaging.failure.BelayException] for the parameters.
    public PublicationConflictException(String kind, String message, String help) {
        super(kind, message, help);
    }
}
