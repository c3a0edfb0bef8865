package dev.belay.versys.client;

import java.io.IOException;

/// A transfer that failed for a reason which trying again does not change.
final class FetchException extends IOException {
    private static final long serialVersionUID = 1;

    FetchException(String message) {
        super(message);
    }
}
