package dev.belay.supervisor.merge;

import dev.belay.versys.release.Layout;

/// The merger for each format.
public final class ConfigMergers {
    private static final ConfigMerger XML = new XmlMerger();
    private static final ConfigMerger PROPERTIES = new PropertiesMerger();
    private static final ConfigMerger LINES = new LineMerger();

    private ConfigMergers() {}

    /// The merger that treats a format.
    public static ConfigMerger merger(ConfigFormat format) {
        return switch (format) {
            case XML -> XML;
            case PROPERTIES -> PROPERTIES;
            case TEXT -> LINES;
        };
    }

    /// The format of a configuration file: as release.yaml declares it, else by its name.
    public static ConfigFormat format(Layout layout, String path) {
        return switch (layout.formatOf(path)) {
            case "xml" -> ConfigFormat.XML;
            case "properties" -> ConfigFormat.PROPERTIES;
            default -> ConfigFormat.TEXT;
        };
    }
}
