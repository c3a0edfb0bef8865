package dev.belay.supervisor.merge;

import dev.belay.supervisor.merge.ConfigText.Undecodable;
import dev.belay.supervisor.merge.PropertiesParser.Malformed;
import dev.belay.supervisor.merge.PropertiesPiece.Property;
import java.util.List;
import java.util.Optional;

/// Reads single values of configuration files, for the placeholder `{config:FILE:KEY}`.
public final class ConfigLookup {
    private ConfigLookup() {}

    /// The value of a key.
    ///
    /// @param path the file, for messages
    /// @param key a property's name, of several the last, as Java reads them; for XML a path such
    ///   as `/Server/Service/Connector[1]/@port` or `/a/b[@name='c']/text()`
    /// @return empty if the file has no such key; always empty for text files, which have no keys
    /// @throws UnmergeableConfigException if the file cannot be parsed
    public static Optional<String> value(
            String path, ConfigFormat format, byte[] content, String key) {
        return switch (format) {
            case XML ->
                    XmlPath.parse(key)
                            .flatMap(it -> it.value(xml(path, text(path, format, content).text())));
            case PROPERTIES -> property(path, text(path, format, content).text(), key);
            case TEXT -> Optional.empty();
        };
    }

    private static Optional<String> property(String path, String text, String key) {
        return properties(path, text).stream()
                .filter(Property.class::isInstance)
                .map(Property.class::cast)
                .filter(property -> property.key().equals(key))
                .reduce((_, last) -> last)
                .map(Property::value);
    }

    static ConfigText text(String path, ConfigFormat format, byte[] content) {
        try {
            return ConfigText.decode(content, format);
        } catch (Undecodable e) {
            throw new UnmergeableConfigException(path, e.line(), String.valueOf(e.getMessage()));
        }
    }

    static List<XmlPiece> xml(String path, String text) {
        try {
            return XmlParser.document(text);
        } catch (XmlSyntaxException e) {
            throw new UnmergeableConfigException(
                    path,
                    ConfigText.lineOf(text, e.offset()),
                    "this is not well-formed XML: " + e.getMessage());
        }
    }

    static List<PropertiesPiece> properties(String path, String text) {
        try {
            return PropertiesParser.parse(text);
        } catch (Malformed e) {
            throw new UnmergeableConfigException(
                    path, ConfigText.lineOf(text, e.offset()), String.valueOf(e.getMessage()));
        }
    }
}
