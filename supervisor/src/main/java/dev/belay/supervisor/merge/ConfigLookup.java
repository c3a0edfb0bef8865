package dev.belay.supervisor.merge;

import dev.belay.supervisor.merge.ConfigText.Undecodable;
import dev.belay.supervisor.merge.PropertiesParser.Malformed;
import dev.belay.supervisor.merge.PropertiesPiece.Property;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads single values of configuration files, for the placeholder `{config:FILE:KEY}`.
public final class ConfigLookup {
    /// Products keep passwords so: `admin: secret, admin` of Jetty, `karaf = secret,_g_:group`.
    private static final Pattern ITEM = Pattern.compile("(.+)\\[([1-9][0-9]{0,3})]");

    private ConfigLookup() {}

    /// The value of a key.
    ///
    /// @param path the file, for messages
    /// @param key a property's name, of several the last, as Java reads them, or an item of its
    ///   value if that is a list between commas: `admin[1]`; for XML a path such as
    ///   `/Server/Service/Connector[1]/@port` or `/a/b[@name='c']/text()`
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
        List<PropertiesPiece> pieces = properties(path, text);
        Matcher item = ITEM.matcher(key);
        return property(pieces, key)
                .or(() ->
                        item.matches()
                                ? property(pieces, item.group(1))
                                        .flatMap(list -> item(list, item.group(2)))
                                : Optional.empty());
    }

    private static Optional<String> property(List<PropertiesPiece> pieces, String key) {
        return pieces.stream()
                .filter(Property.class::isInstance)
                .map(Property.class::cast)
                .filter(property -> property.key().equals(key))
                .reduce((_, last) -> last)
                .map(Property::value);
    }

    private static Optional<String> item(String list, String position) {
        return Arrays.stream(list.split(","))
                .map(String::strip)
                .skip(Integer.parseInt(position) - 1L)
                .findFirst()
                .filter(text -> !text.isEmpty());
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
