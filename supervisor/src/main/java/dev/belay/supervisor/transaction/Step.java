package dev.belay.supervisor.transaction;

import java.util.Locale;

/// The steps of a hop, in their order. All of them are idempotent.
public enum Step {
    /// Stop the product.
    STOP("stopping"),
    /// Copy config, data and databases to the backup repository.
    BACK_UP("backing up"),
    /// Read the backup back and compare it.
    PROVE("proving the backup"),
    /// Make working copies of config and data, with the merged configuration.
    COPY("merging the configuration"),
    /// Set the originals aside by rename and put the working copies in their place.
    SET_ASIDE("setting config and data aside"),
    /// Point `current` to the new release.
    SWITCH("switching"),
    /// Run the release's migrate hook.
    MIGRATE("migrating"),
    /// Start the product.
    START("starting"),
    /// Wait until it is healthy, then run the post-start hook.
    HEALTH("waiting until healthy");

    private final String words;

    Step(String words) {
        this.words = words;
    }

    /// As events and JSON name it: `set-aside`.
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// For people: what is going on.
    public String words() {
        return words;
    }

    /// Whether a failure of this step is the release's own doing, so that the release is remembered
    /// as rejected. A full disk during the backup says nothing about the release.
    boolean blamesRelease() {
        return compareTo(MIGRATE) >= 0;
    }
}
