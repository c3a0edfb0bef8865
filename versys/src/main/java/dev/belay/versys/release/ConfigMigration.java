package dev.belay.versys.release;

import java.util.Map;

/// A change to a configuration file that the vendor declares, made on the base and the admin's file
/// before they are merged with the new default.
public sealed interface ConfigMigration {
    /// The configuration file, relative to the release.
    String file();

    /// The setting `from` is now called `to`; the admin's value moves with it.
    record Rename(String file, String from, String to) implements ConfigMigration {}

    /// Settings that get a value where the file has none.
    record SetDefault(String file, Map<String, String> values) implements ConfigMigration {
        public SetDefault {
            values = Immutable.copy(values);
        }
    }

    /// The setting is gone.
    record Remove(String file, String key) implements ConfigMigration {}
}
