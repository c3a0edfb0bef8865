package dev.belay.supervisor.merge;

import dev.belay.packaging.failure.RefusedException;
import dev.belay.versys.release.ConfigMigration;
import java.util.List;

/// Applies the vendor's declared migrations to a configuration file. They are made on the base and
/// on the admin's file alike, before the two are merged with the new default: so a renamed setting
/// keeps the admin's value, and the merge sees no change where there is none. Applying twice gives
/// the same bytes as once.
public final class ConfigMigrations {
    private ConfigMigrations() {}

    /// The file after all migrations that name it, in their order.
    ///
    /// @param path the file, relative to the release
    /// @throws UnmergeableConfigException if the file cannot be parsed
    /// @throws RefusedException with kind `migration-impossible` if the format has no keys
    public static byte[] apply(
            String path, ConfigFormat format, byte[] content, List<ConfigMigration> migrations) {
        byte[] migrated = content;
        for (ConfigMigration migration : migrations) {
            if (migration.file().equals(path)) {
                migrated = apply(path, format, migrated, migration);
            }
        }
        return migrated;
    }

    private static byte[] apply(
            String path, ConfigFormat format, byte[] content, ConfigMigration migration) {
        ConfigText text = ConfigLookup.text(path, format, content);
        Splices splices =
                switch (format) {
                    case PROPERTIES ->
                            PropertiesMigration.splices(
                                    text, ConfigLookup.properties(path, text.text()), migration);
                    case XML ->
                            XmlMigration.splices(
                                    path, text, ConfigLookup.xml(path, text.text()), migration);
                    case TEXT -> throw impossible(path, "it has no settings, only lines");
                };
        if (splices.isEmpty()) {
            return content;
        }
        return text.encode(splices.applyTo(text.text()), format)
                .orElseThrow(() -> impossible(path, "its encoding lacks a character"));
    }

    static RefusedException impossible(String path, String reason) {
        return new RefusedException(
                "migration-impossible",
                "The release declares a migration of "
                        + path
                        + ", but "
                        + reason
                        + ". Nothing was changed.",
                "Ask the vendor for a corrected release.");
    }
}
