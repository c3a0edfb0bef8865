package dev.belay.packaging.bundle;

import java.util.Locale;

/// Whose a file is, which decides what an upgrade does with it.
public enum FileClass {
    /// The vendor's: replaced with every release.
    PROGRAM,
    /// A shipped default of what the admin edits: merged.
    CONFIG,
    /// A first version of what the product writes: never replaced.
    DATA;

    /// The name in manifests: `program`, `config`, `data`.
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
