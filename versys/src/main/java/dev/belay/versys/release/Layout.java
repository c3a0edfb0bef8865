package dev.belay.versys.release;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Which paths of a release are the admin's configuration and which are the product's own data.
/// Everything else is program. Paths are relative and normalised, without a `/` at the end.
///
/// @param config configuration: merged three ways
/// @param data data: never replaced
/// @param scratch what the product fills and can make again at any time (caches, compiled pages):
///   each release has its own, it is never backed up, carried over or compared with the manifest
public record Layout(List<ConfigPath> config, List<DataPath> data, List<DataPath> scratch) {
    /// Everything is program.
    public static final Layout NONE = new Layout(List.of(), List.of(), List.of());

    public Layout {
        config = List.copyOf(config);
        data = List.copyOf(data);
        scratch = List.copyOf(scratch);
    }

    /// A configuration file, or a directory of them.
    ///
    /// @param directory whether the whole directory is meant (a `/` at the end in release.yaml)
    /// @param format `xml`, `properties` or `text`; guessed from the file name when empty
    public record ConfigPath(String path, boolean directory, Optional<String> format) {
        boolean covers(String file) {
            return Layout.covers(path, directory, file);
        }
    }

    /// A file or directory of data or scratch.
    public record DataPath(String path, boolean directory) {
        boolean covers(String file) {
            return Layout.covers(path, directory, file);
        }
    }

    /// The declaration that makes a path configuration. An exact declaration goes before the one of
    /// a directory around it.
    public Optional<ConfigPath> configOf(String path) {
        return config.stream()
                .filter(declared -> declared.covers(path))
                .max(Comparator.comparingInt(declared -> declared.path().length()));
    }

    /// The format of a configuration file: `xml`, `properties` or `text`, as declared, else guessed
    /// from its name.
    public String formatOf(String path) {
        return configOf(path).flatMap(ConfigPath::format).orElseGet(() -> guess(path));
    }

    private static String guess(String path) {
        String name = path.toLowerCase(Locale.ROOT);
        if (name.endsWith(".properties")) {
            return "properties";
        }
        return name.matches(".*\\.(xml|xsd|xsl|xslt|xhtml|wsdl|tld)") ? "xml" : "text";
    }

    /// Whether a path is data.
    public boolean isData(String path) {
        return data.stream().anyMatch(declared -> declared.covers(path));
    }

    /// Whether a path is scratch.
    public boolean isScratch(String path) {
        return scratch.stream().anyMatch(declared -> declared.covers(path));
    }

    private static boolean covers(String declared, boolean directory, String path) {
        return path.equals(declared) || (directory && path.startsWith(declared + "/"));
    }
}
