package dev.belay.supervisor.testing;

import dev.belay.packaging.bundle.BundleWriter;
import dev.belay.packaging.bundle.FileClass;
import dev.belay.packaging.bundle.PackedBundle;
import dev.belay.versys.graph.Artifact;
import dev.belay.versys.graph.Channel;
import dev.belay.versys.graph.Release;
import dev.belay.versys.graph.ReleaseBuilder;
import dev.belay.versys.version.Version;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Makes releases of [ShopServer] and lists them in a channel, as files below one directory:
/// `shop/channels/stable.json` and `shop/releases/<version>/<bundle>`.
public final class ShopVendor {
    /// What the preflight hook of a `slow-preflight` release waits for, as an argument that no
    /// other process has.
    public static final String SLOW_PREFLIGHT = "86397";

    private final Path repository;
    private final List<Release> releases = new ArrayList<>();

    public ShopVendor(Path repository) {
        this.repository = repository;
    }

    /// Releases a version.
    ///
    /// @param from range of origins
    /// @param behaviour see [ShopServer]
    public void release(String version, String from, String behaviour) throws IOException {
        release(version, from, behaviour, "");
    }

    /// @param moreYaml added to release.yaml; its hooks take the place of those of the shop
    public void release(String version, String from, String behaviour, String moreYaml)
            throws IOException {
        Path tree = repository.resolveSibling("tree-" + version);
        write(tree, "lib/version", version + "\n");
        write(tree, "lib/behaviour", behaviour + "\n");
        write(
                tree,
                "conf/shop.properties",
                "# defaults of " + version + "\nport=1\ncolour=red\nsince." + version + "=yes\n");
        write(tree, "data/README", "what the shop keeps\n");
        write(tree, "bin/shop", script());
        Files.setPosixFilePermissions(
                tree.resolve("bin/shop"), PosixFilePermissions.fromString("rwxr-xr-x"));
        Path bundle =
                repository.resolve("shop/releases/" + version + "/shop-" + version + "-any.tgz");
        Files.createDirectories(bundle.getParent());
        PackedBundle packed =
                new BundleWriter(
                                tree,
                                yaml(version, from, moreYaml).getBytes(StandardCharsets.UTF_8),
                                Optional.of(
                                        ("What is new in " + version + "\n")
                                                .getBytes(StandardCharsets.UTF_8)),
                                path ->
                                        path.toString().startsWith("conf/")
                                                ? FileClass.CONFIG
                                                : path.toString().startsWith("data/")
                                                        ? FileClass.DATA
                                                        : FileClass.PROGRAM)
                        .writeTo(bundle);
        releases.add(
                new ReleaseBuilder(Version.of(version))
                        .from(from)
                        .notes("What is new in " + version)
                        .platform(
                                "any",
                                new Artifact(
                                        repository.relativize(bundle).toString(),
                                        packed.size(),
                                        packed.manifest().unpackedBytes()))
                        .build());
        publish();
    }

    /// Adds members to what the channel says of a release, for example a condition.
    ///
    /// @param json an object
    public void amend(String version, String json) throws IOException {
        Path channel = repository.resolve("shop/channels/stable.json");
        JsonMapper mapper = JsonMapper.builder().build();
        ObjectNode document = (ObjectNode) mapper.readTree(Files.readAllBytes(channel));
        for (JsonNode release : document.withArray("releases")) {
            if (release.path("version").asString().equals(version)) {
                ((ObjectNode) release).setAll((ObjectNode) mapper.readTree(json));
            }
        }
        Files.write(channel, mapper.writeValueAsBytes(document));
    }

    private void publish() throws IOException {
        Path channel = repository.resolve("shop/channels/stable.json");
        Files.createDirectories(channel.getParent());
        Files.write(
                channel, Channel.empty("shop", "stable", "semver").withReleases(releases).toJson());
    }

    private static void write(Path tree, String path, String text) throws IOException {
        Path file = tree.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private static String script() {
        String java = System.getProperty("java.home") + "/bin/java";
        return """
        #!/bin/sh
        [ "$1" = preflight ] && [ "$(cat lib/behaviour)" = slow-preflight ] && {
          sleep %s & echo asked >> work/preflights; trap '' TERM INT; wait; wait; exit 0; }
        [ "$1" = preflight ] && { echo asked >> work/preflights; exit 0; }
        exec "%s" -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xshare:auto -Xmx64m \
        --enable-native-access=ALL-UNNAMED -cp '%s' \
        dev.belay.supervisor.testing.ShopServer "$@"
        """
                .formatted(SLOW_PREFLIGHT, java, classPath());
    }

    /// Only what the product needs, so that it starts fast.
    private static String classPath() {
        List<String> parts = new ArrayList<>();
        for (String part : System.getProperty("java.class.path").split(":")) {
            if (part.contains("sqlite-jdbc")
                    || part.contains("slf4j-api")
                    || part.endsWith("supervisor/target/test-classes")) {
                parts.add(part);
            }
        }
        return String.join(":", parts);
    }

    private static String yaml(String version, String from, String more) {
        String own = yaml(version, from);
        return (more.contains("hooks:") ? own.replaceFirst("hooks: .*\n", "") : own) + more;
    }

    private static String yaml(String version, String from) {
        return """
        product: shop
        version: %s
        platform: any
        %s
        layout:
          config: [conf/]
          data: [data/, logs/]
          scratch: [work/]
        databases: [{name: main, engine: sqlite, file: data/shop.db}]
        service: {run: [bin/shop, run], stop-timeout: 5s}
        hooks: {preflight: [bin/shop, preflight], migrate: [bin/shop, migrate]}
        health:
          http: "http://127.0.0.1:{config:conf/shop.properties:port}/health"
          expect: {status: 200, json: {version: "{version}"}}
          within: 15s
          interval: 50ms
          consecutive: 3
        """
                .formatted(version, from.equals("none") ? "" : "upgrade: {from: \"" + from + "\"}");
    }
}
