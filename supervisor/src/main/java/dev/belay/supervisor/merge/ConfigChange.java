package dev.belay.supervisor.merge;

import java.util.List;

/// What the merge of one config file decides.
///
/// @param path the file, relative to the release
/// @param decisions the choices in words
/// @param conflicts places where the admin's value stands against a changed default
public record ConfigChange(String path, List<String> decisions, List<String> conflicts) {
    /// The decision about a whole file that has a new default and is unchanged here.
    public static final String TAKEN = "not changed on this host: the new default is taken";

    /// The decision about a whole file that was not shipped before.
    public static final String ADDED = "new in this release";

    /// The decision about a whole file that is no longer shipped and is unchanged here.
    public static final String REMOVED = "not changed on this host and no longer shipped: removed";

    /// The decision about settings that the vendor declares to have moved.
    public static final String MIGRATED = "settings were migrated as the release declares";

    public ConfigChange {
        decisions = List.copyOf(decisions);
        conflicts = List.copyOf(conflicts);
    }
}
