package dev.belay.supervisor.status;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What a run is doing, in the order of an update. Events, journal and failures name it.
public enum Step {
    /// Bring a bundle to the host.
    DOWNLOAD("downloading"),
    /// Unpack a bundle beside the releases.
    UNPACK("unpacking"),
    /// Run the pre-backup hook of the release that is left, while it still runs.
    PRE_BACKUP("preparing the backup"),
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
    HEALTH("waiting until healthy"),
    /// Run the release's post-commit hook.
    POST_COMMIT("doing what follows the update"),
    /// Put everything back.
    ROLL_BACK("putting everything back");

    private final String words;

    Step(String words) {
        this.words = words;
    }

    /// As JSON names it: `set-aside`.
    @JsonValue
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// The step of that label; null for one that only another supervisor knows.
    @JsonCreator
    static @Nullable Step of(String label) {
        for (Step step : values()) {
            if (step.label().equals(label)) {
                return step;
            }
        }
        return null;
    }

    /// For people: what is going on.
    public String words() {
        return words;
    }

    /// Whether what happens in it is the release's own doing, so that a failure speaks against the
    /// release. A full disk during the backup says nothing about it.
    public boolean ofRelease() {
        return this == MIGRATE || this == START || this == HEALTH;
    }
}
