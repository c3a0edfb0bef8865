package dev.belay.supervisor.offer;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.belay.versys.version.Version;

/// Something that a person has to do before a hop, and to confirm.
///
/// @param before the release that the hop leads to
/// @param words what has to be done, in the vendor's words
public record ManualAction(Version before, @JsonProperty("action") String words) {
    /// What the admin has to know.
    public String message() {
        return "Before " + before + " a person has to do this: " + words;
    }

    /// How to go on afterwards.
    public String help() {
        return "When it is done: supervisor update --confirm " + before;
    }
}
