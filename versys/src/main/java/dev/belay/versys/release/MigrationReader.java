package dev.belay.versys.release;

import dev.belay.versys.yaml.Fields;
import dev.belay.versys.yaml.YamlNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The `config-migrations` part of release.yaml.
final class MigrationReader {
    private static final String EXAMPLE =
            "{file: conf/app.properties, rename: {from: mail.host, to: smtp.host}}";

    private final Fields fields;
    private final Layout layout;

    MigrationReader(Fields fields, Layout layout) {
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

    private Optional<ConfigMigration> migration(Fields entry) {
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
        return found.stream().findFirst();
    }

    private static Optional<ConfigMigration> rename(String file, Fields names) {
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
