package dev.belay.versys.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.packaging.bundle.BundleReader;
import dev.belay.packaging.bundle.FileClass;
import dev.belay.packaging.bundle.InspectedBundle;
import dev.belay.packaging.digest.Digests;
import dev.belay.versys.console.CommandRunner;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class PackCommandTest {
    private static final String RELEASE =
            """
            product: shop
            version: 1.2.0
            platform: any
            upgrade:
              from: ">=1.0.0 <1.2.0"
            notes: NOTES.md
            layout:
              config: [conf/, {path: app.yaml}]
              data: [data/, logs/]
            """;

    @TempDir Path directory;
    private Path tree;
    private Path release;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeEach
    void makeTree() throws Exception {
        tree = Files.createDirectories(directory.resolve("tree"));
        Files.writeString(Files.createDirectory(tree.resolve("conf")).resolve("a.xml"), "<a/>");
        Files.writeString(tree.resolve("app.yaml"), "a: 1\n");
        Files.writeString(Files.createDirectory(tree.resolve("data")).resolve("seed"), "1");
        Files.writeString(tree.resolve("program"), "#!/bin/sh\n");
        release = Files.writeString(directory.resolve("release.yaml"), RELEASE);
        Files.writeString(directory.resolve("NOTES.md"), "# New\n");
    }

    private int pack(String... more) {
        CommandLine line = CommandRunner.prepare(new Main(), false);
        line.setOut(new PrintWriter(out));
        line.setErr(new PrintWriter(err));
        String[] args = new String[more.length + 5];
        System.arraycopy(
                new String[] {"pack", "--release", release.toString(), "--tree", tree.toString()},
                0,
                args,
                0,
                5);
        System.arraycopy(more, 0, args, 5, more.length);
        return line.execute(args);
    }

    @Test
    void packsByTheLayoutAndTellsTheDigest() throws Exception {
        Path bundle = directory.resolve("out.tgz");

        assertThat(pack("-o", bundle.toString(), "--json")).isZero();

        JsonNode result = JsonMapper.shared().readTree(out.toString());
        assertThat(result.get("sha256").asString()).isEqualTo(Digests.ofFile(bundle).hex());
        assertThat(result.get("size").asLong()).isEqualTo(Files.size(bundle));
        InspectedBundle inspected = BundleReader.inspect(bundle);
        assertThat(inspected.releaseYaml()).isEqualTo(RELEASE);
        assertThat(inspected.notes()).contains("# New\n");
        assertThat(inspected.manifest().ofClass(FileClass.CONFIG))
                .extracting(file -> file.path().value())
                .containsExactly("app.yaml", "conf", "conf/a.xml");
        assertThat(inspected.manifest().ofClass(FileClass.DATA))
                .extracting(file -> file.path().value())
                .containsExactly("data", "data/seed");
    }

    @Test
    void refusesConfigurationThatIsNotInTheTree() throws Exception {
        Files.delete(tree.resolve("app.yaml"));

        assertThat(pack("-o", directory.resolve("out.tgz").toString())).isEqualTo(4);
        assertThat(err.toString()).contains("layout.config names \"app.yaml\"");
        assertThat(directory.resolve("out.tgz")).doesNotExist();
    }

    @Test
    void refusesWhatHostsWouldNotFindEachInItsPlace() throws Exception {
        Files.createDirectories(tree.resolve("bin"));
        Files.writeString(tree.resolve("bin/check"), "#!/bin/sh\n");
        Files.writeString(
                release,
                """
                product: shop
                version: 1.2.0
                platform: any
                layout:
                  config: [app.yaml, conf/]
                  data: [program/, dada/, logs/]
                upgrade:
                  from: "<1.2.0"
                  conditions:
                    - {when: {a: b}, risk: Slow, message: Slow., url: "https//example.org"}
                service:
                  run: [bin/server, run]
                hooks:
                  preflight: [bin/check]
                  migrate: [java, -version]
                health:
                  http: "http://127.0.0.1:{config:conf/b.xml:/a}/health"
                """);
        assertThat(pack("-o", directory.resolve("out.tgz").toString())).isEqualTo(4);
        assertThat(err.toString())
                .contains("release.yaml:6:10: layout.data[0]: layout.data names \"program/\"")
                .contains("release.yaml:6:20: layout.data[1]: layout.data names \"dada/\"")
                .contains(
                        "release.yaml:10:55: upgrade.conditions[0].url: \"https//example.org\" is no")
                .contains("release.yaml:12:9: service.run[0]: the program \"bin/server\" is not in")
                .contains(
                        "release.yaml:14:15: hooks.preflight[0]: the program \"bin/check\" may not")
                .contains("release.yaml:17:9: health.http: the file conf/b.xml of a placeholder")
                .contains("has 6 problems");
        assertThat(directory.resolve("out.tgz")).doesNotExist();

        Files.writeString(
                release,
                Files.readString(release)
                        .replace("{config:conf/b.xml:/a}", "99999")
                        .replace("https//", "https://")
                        .replace("program/, dada/", "data/")
                        .replace("[bin/server, run]", "[/opt/server]")
                        .replace("[bin/check]", "[check]"));
        assertThat(pack("-o", directory.resolve("out.tgz").toString())).isEqualTo(4);
        assertThat(err.toString())
                .contains(
                        "release.yaml:17:9: health.http: \"http://127.0.0.1:99999/health\" is no");
    }

    @Test
    void refusesMissingNotesAndBrokenDescriptors() throws Exception {
        Files.delete(directory.resolve("NOTES.md"));
        assertThat(pack("-o", directory.resolve("out.tgz").toString())).isEqualTo(4);
        assertThat(err.toString()).contains("NOTES.md");

        Files.writeString(release, "product: Shop!\n");
        assertThat(pack("-o", directory.resolve("out.tgz").toString())).isNotZero();
        assertThat(err.toString()).contains("release.yaml");
        assertThat(directory.resolve("out.tgz")).doesNotExist();
    }

    @Test
    void tellsNameSizeAndDigest() throws Exception {
        Path bundle = directory.resolve("out.tgz");

        assertThat(pack("-o", bundle.toString())).isZero();

        assertThat(out.toString()).contains("out.tgz", "bytes", Digests.ofFile(bundle).toString());
    }
}
