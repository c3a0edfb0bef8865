package dev.belay.supervisor.products;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.belay.supervisor.status.Step;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Node-RED of npm, with flows that are deployed over HTTP and kept in files.
final class NodeRed implements RealProduct {
    private static final Pattern FLOW = Pattern.compile("\"type\":\"tab\",\"label\":\"([^\"]*)\"");

    @Override
    public String name() {
        return "node-red";
    }

    @Override
    public List<String> versions() {
        return List.of("4.0.9", "4.1.10");
    }

    @Override
    public Set<Step> steps() {
        return Set.of(
                Step.DOWNLOAD,
                Step.UNPACK,
                Step.BACK_UP,
                Step.COPY,
                Step.SWITCH,
                Step.START,
                Step.HEALTH);
    }

    @Override
    public void unpack(String version, Path tree) throws Exception {
        assumeTrue(
                Stream.of("/usr/local/bin/node", "/usr/bin/node", "/bin/node")
                        .anyMatch(node -> Files.isExecutable(Path.of(node))),
                "skipped: no node is where products look for programs");
        try (InputStream lock =
                NodeRed.class.getResourceAsStream("node-red-" + version + ".package-lock.json")) {
            Downloads.unpack(
                    Downloads.npm(
                            "node-red",
                            version,
                            new String(lock.readAllBytes(), StandardCharsets.UTF_8)),
                    tree);
        }
        Files.createDirectories(tree.resolve("conf"));
        Files.copy(
                tree.resolve("node_modules/node-red/settings.js"),
                tree.resolve("conf/settings.js"));
    }

    @Override
    public void edit(Path conf, int port) throws IOException {
        Path settings = conf.resolve("settings.js");
        RealProduct.replace(settings, "uiPort: process.env.PORT || 1880,", "uiPort: " + port + ",");
        RealProduct.replace(settings, "//uiHost: \"127.0.0.1\",", "uiHost: \"127.0.0.1\", // ours");
    }

    @Override
    public boolean edited(Path conf, int port) throws IOException {
        String settings = Files.readString(conf.resolve("settings.js"));
        return settings.contains("uiPort: " + port + ",") && settings.contains("// ours");
    }

    @Override
    public boolean migrated(Path conf) throws IOException {
        return Files.readString(conf.resolve("settings.js")).contains("globalFunctionTimeout: 0");
    }

    @Override
    public List<String> settings(int port) {
        return List.of(
                "health: {http: \"http://127.0.0.1:"
                        + port
                        + "/settings\", expect: {json: {version: \"{version}\"}}}");
    }

    @Override
    public String version(int port) throws IOException, InterruptedException {
        return HttpUse.get(port, "/settings", "Accept", "application/json")
                .replaceFirst("(?s).*?\"version\":\"([^\"]*)\".*", "$1");
    }

    @Override
    public void put(int port, String item) throws IOException, InterruptedException {
        HttpUse.post(
                port,
                "/flow",
                "{\"label\":\"" + item + "\",\"nodes\":[]}",
                "Content-Type",
                "application/json");
    }

    @Override
    public Set<String> items(int port) throws IOException, InterruptedException {
        Set<String> items = new TreeSet<>();
        Matcher flow = FLOW.matcher(HttpUse.get(port, "/flows", "Accept", "application/json"));
        while (flow.find()) {
            items.add(flow.group(1));
        }
        return items;
    }
}
