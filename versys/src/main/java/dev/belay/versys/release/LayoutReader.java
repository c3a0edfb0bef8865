package dev.belay.versys.release;

import dev.belay.versys.release.Layout.ConfigPath;
import dev.belay.versys.release.Layout.DataPath;
import dev.belay.versys.yaml.MappingReader;
import dev.belay.versys.yaml.RelativePath;
import dev.belay.versys.yaml.YamlNode;
import dev.belay.versys.yaml.YamlNode.Mapping;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The `layout` part of release.yaml.
final class LayoutReader {
    private static final Map<String, String> FORMATS = new LinkedHashMap<>();

    static {
        FORMATS.put("xml", "xml");
        FORMATS.put("properties", "properties");
        FORMATS.put("text", "text");
    }

    private final MappingReader fields;
    private final List<String> taken = new ArrayList<>();

    LayoutReader(MappingReader fields) {
        this.fields = fields;
    }

    Layout read() {
        List<ConfigPath> config = new ArrayList<>();
        for (YamlNode item : fields.items("config", "[{path: conf/server.xml}]")) {
            config(item).ifPresent(config::add);
        }
        List<DataPath> data = paths("data", "[data/, logs/]");
        List<DataPath> scratch = paths("scratch", "[work/, temp/]");
        fields.done();
        return new Layout(config, data, scratch);
    }

    private List<DataPath> paths(String key, String example) {
        List<DataPath> paths = new ArrayList<>();
        for (YamlNode item : fields.items(key, example)) {
            fields.text(item, key + "/")
                    .map(YamlNode.Scalar::text)
                    .filter(path -> usable(item, path))
                    .ifPresent(path -> paths.add(new DataPath(bare(path), path.endsWith("/"))));
        }
        return paths;
    }

    private Optional<ConfigPath> config(YamlNode item) {
        if (!(item instanceof Mapping)) {
            return fields.text(item, "conf/server.xml")
                    .flatMap(scalar -> configPath(item, scalar.text(), Optional.empty()));
        }
        Optional<MappingReader> found = fields.mapping(item, "{path: conf/server.xml}");
        Optional<ConfigPath> result = Optional.empty();
        if (found.isPresent()) {
            MappingReader entry = found.get();
            entry.required("path", "conf/server.xml");
            Optional<String> path = entry.text("path", "conf/server.xml");
            Optional<String> format = entry.word("format", FORMATS);
            entry.done();
            YamlNode place = entry.node("path").orElse(item);
            result = path.flatMap(text -> configPath(place, text, format));
        }
        return result;
    }

    private Optional<ConfigPath> configPath(YamlNode at, String path, Optional<String> format) {
        return usable(at, path)
                ? Optional.of(new ConfigPath(bare(path), path.endsWith("/"), format))
                : Optional.empty();
    }

    private boolean usable(YamlNode at, String path) {
        Optional<String> complaint = RelativePath.complaint(path);
        if (complaint.isPresent()) {
            fields.problem(
                    at,
                    "the path \"" + path + "\" " + complaint.get(),
                    "write a path inside the release with /, for example conf/server.xml");
            return false;
        }
        // each path becomes one link into config or data: a link inside a link has no place
        String bare = bare(path);
        for (String other : taken) {
            if (bare.equals(other)
                    || bare.startsWith(other + "/")
                    || other.startsWith(bare + "/")) {
                fields.problem(
                        at,
                        "the path \"" + path + "\" overlaps with \"" + other + "\"",
                        "declare each place once, as config, data or scratch");
                return false;
            }
        }
        taken.add(bare);
        return true;
    }

    private static String bare(String path) {
        return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }
}
