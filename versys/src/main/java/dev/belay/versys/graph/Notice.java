package dev.belay.versys.graph;

import java.util.Optional;

/// Words of the vendor to the admin, with a page to read on.
public record Notice(String message, Optional<String> url) {
    /// A notice without a page.
    public static Notice of(String message) {
        return new Notice(message, Optional.empty());
    }
}
