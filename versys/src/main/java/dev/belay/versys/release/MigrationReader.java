package dev.belay.versys.release;

import dev.belay.versys.yaml.MappingReader;
import dev.belay.versys.yaml.YamlNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// The `config-migrations` part of release.yaml.
final class MigrationReader {
    private static final String EXAMPLE =
            "{file: conf/app.properties, rename: {from: mail.host, to: smtp.host}}";

    private static final Pattern XML_ATTRIBUTE =
            Pattern.compile(
                    "(/[^\\[\\]/@'\"=\\s]+(\\[([1-9][0-9]{0,5}|@[^\\[\\]/@'\"=\\s]+=('[^']*'|\"[^\"]*\"))\\])?)+"
                            + "/@[^\\[\\]/@'\"=\\s]+");

    private final MappingReader fields;
    private final Layout layout;

    MigrationReader(MappingReader fields, Layout layout) {
        this.fields = fields;
        this.layout = layout;
    }

    List<ConfigMigration> read() {
        List<ConfigMigration> migrations = new ArrayList<>();
        for (YamlNode item : fields.items("config-migrations", "[" + EXAMPLE + "]")) {
            fields.mapping(item, EXAMPLE).flatMap(this::migration).ifPresent(migrations::add);
        }
        return migrations;
    }

    private Optional<ConfigMigration> migration(MappingReader entry) {
        entry.required("file", "conf/app.properties");
        Optional<String> file = Located.path(entry, "file", "conf/app.properties");
        List<ConfigMigration> found = new ArrayList<>();
        String path = file.orElse("");
        entry.fields("rename", "{from: mail.host, to: smtp.host}")
                .flatMap(it -> rename(path, it))
                .ifPresent(found::add);
        Map<String, String> defaults = entry.plainValues("set-default", "{smtp.tls: true}");
        entry.text("remove", "legacy.poll")
                .ifPresent(key -> found.add(new ConfigMigration.Remove(path, key)));
        if (!defaults.isEmpty()) {
            found.add(new ConfigMigration.SetDefault(path, defaults));
        }
        entry.done();
        long kinds =
                entry.self().entries().stream().filter(it -> !it.name().equals("file")).count();
        if (kinds != 1) {
            entry.problem(
                    entry.self(),
                    "an item has exactly one of rename, set-default and remove",
                    "write for example " + EXAMPLE);
        }
        if (file.isPresent() && layout.configOf(file.get()).isEmpty()) {
            entry.problem(
                    entry.node("file").orElse(entry.self()),
                    file.get() + " is no configuration file",
                    "declare it in layout.config");
        }
        found.forEach(migration -> possible(entry, migration));
        return found.stream().findFirst();
    }

    /// Only formats with keys can be migrated, and of XML only attributes: what cannot be done on a
    /// host must not reach one.
    private void possible(MappingReader entry, ConfigMigration migration) {
        String format = layout.formatOf(migration.file());
        if (format.equals("text")) {
            entry.problem(
                    entry.self(),
                    migration.file() + " is merged by lines and has no settings to migrate",
                    "migrate it in hooks.migrate");
        } else if (format.equals("xml")) {
            for (String key : keys(migration)) {
                if (!XML_ATTRIBUTE.matcher(key).matches()) {
                    entry.problem(
                            entry.self(),
                            "\"" + key + "\" is no path to an attribute",
                            "write for example /Server/Service/Connector[1]/@port");
                }
            }
            if (migration instanceof ConfigMigration.Rename rename
                    && !element(rename.from()).equals(element(rename.to()))) {
                entry.problem(
                        entry.self(),
                        "an attribute can only be renamed within its element",
                        "move it in hooks.migrate");
            }
        }
    }

    private static List<String> keys(ConfigMigration migration) {
        return switch (migration) {
            case ConfigMigration.Rename rename -> List.of(rename.from(), rename.to());
            case ConfigMigration.SetDefault defaults -> List.copyOf(defaults.values().keySet());
            case ConfigMigration.Remove remove -> List.of(remove.key());
        };
    }

    private static String element(String attributePath) {
        return attributePath.substring(0, attributePath.lastIndexOf('/') + 1);
    }

    private static Optional<ConfigMigration> rename(String file, MappingReader names) {
        names.required("from", "mail.host");
        names.required("to", "smtp.host");
        Optional<String> from = names.text("from", "mail.host");
        Optional<String> to = names.text("to", "smtp.host");
        names.done();
        return from.isPresent() && to.isPresent()
                ? Optional.of(new ConfigMigration.Rename(file, from.get(), to.get()))
                : Optional.empty();
    }
}
