package dev.belay.supervisor.merge;

import dev.belay.supervisor.merge.PropertiesPiece.Property;
import dev.belay.versys.release.ConfigMigration;
import dev.belay.versys.release.ConfigMigration.Remove;
import dev.belay.versys.release.ConfigMigration.Rename;
import dev.belay.versys.release.ConfigMigration.SetDefault;
import java.util.List;

/// One migration of a properties file.
final class PropertiesMigration {
    private PropertiesMigration() {}

    static Splices splices(
            ConfigText text, List<PropertiesPiece> pieces, ConfigMigration migration) {
        List<Property> properties =
                pieces.stream()
                        .filter(Property.class::isInstance)
                        .map(Property.class::cast)
                        .toList();
        Splices splices = new Splices();
        switch (migration) {
            case Rename rename -> {
                // where the new name is set already, it wins: the old one is only left over
                boolean taken = has(properties, rename.to());
                for (Property property : named(properties, rename.from())) {
                    if (taken) {
                        deleteLine(text, property, splices);
                    } else {
                        int keyEnd = property.keyEnd();
                        splices.replace(property.start(), keyEnd, escapedKey(rename.to()));
                    }
                }
            }
            case SetDefault defaults ->
                    defaults.values()
                            .forEach((key, value) -> {
                                if (!has(properties, key)) {
                                    append(text, splices, key, value);
                                }
                            });
            case Remove remove ->
                    named(properties, remove.key())
                            .forEach(property -> deleteLine(text, property, splices));
        }
        return splices;
    }

    private static List<Property> named(List<Property> properties, String key) {
        return properties.stream().filter(property -> property.key().equals(key)).toList();
    }

    private static boolean has(List<Property> properties, String key) {
        return !named(properties, key).isEmpty();
    }

    private static void append(ConfigText text, Splices splices, String key, String value) {
        String all = text.text();
        boolean open = splices.isEmpty() && !all.isEmpty() && !all.endsWith("\n");
        String line = escapedKey(key) + "=" + escapedValue(value) + text.eol();
        splices.insert(all.length(), (open ? text.eol() : "") + line);
    }

    private static void deleteLine(ConfigText text, Property property, Splices splices) {
        String all = text.text();
        int start = all.lastIndexOf('\n', property.start() - 1) + 1;
        int end = property.end();
        if (all.startsWith("\r\n", end)) {
            end += 2;
        } else if (end < all.length()) {
            end++;
        }
        splices.delete(start, end);
    }

    private static String escapedKey(String key) {
        return escapedValue(key)
                .replace(" ", "\\ ")
                .replace("=", "\\=")
                .replace(":", "\\:")
                .replaceFirst("^([#!])", "\\\\$1");
    }

    private static String escapedValue(String value) {
        return value.replace("\\", "\\\\")
                .replace("\n", "\\n")
                .replace("\r", "\\r")
                .replace("\t", "\\t")
                .replaceFirst("^ ", "\\\\ ");
    }
}
