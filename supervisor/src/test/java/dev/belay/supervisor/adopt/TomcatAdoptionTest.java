package dev.belay.supervisor.adopt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.belay.packaging.bundle.BundleWriter;
import dev.belay.packaging.bundle.FileClass;
import dev.belay.packaging.bundle.PackedBundle;
import dev.belay.supervisor.backup.HomeBackups;
import dev.belay.supervisor.deployment.ForeignTree.Part;
import dev.belay.supervisor.deployment.Home;
import dev.belay.supervisor.deployment.LiveConfigValues;
import dev.belay.supervisor.offer.HostParts;
import dev.belay.supervisor.run.ProductControl;
import dev.belay.supervisor.service.Programs;
import dev.belay.supervisor.settings.Settings;
import dev.belay.supervisor.status.EventListener;
import dev.belay.supervisor.testing.DirectorySource;
import dev.belay.supervisor.testing.TreeImage;
import dev.belay.versys.graph.Artifact;
import dev.belay.versys.graph.Channel;
import dev.belay.versys.graph.Release;
import dev.belay.versys.graph.ReleaseBuilder;
import dev.belay.versys.testing.FreePort;
import dev.belay.versys.version.Version;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A real Tomcat that an admin has unpacked and edited. Skipped where Maven has none.
@Tag("slow")
class TomcatAdoptionTest {
    private static final List<String> VERSIONS = List.of("9.0.117", "10.1.59");
    private static final String NAME = "org/apache/tomcat/tomcat";
    @TempDir Path directory;

    @Test
    void anEditedTomcatIsRecognisedAndServesFromItsHome() throws Exception {
        publish();
        Path installed = directory.toRealPath().resolve("opt/tomcat");
        unpack("9.0.117", installed);
        int port = FreePort.next();
        Path server = installed.resolve("conf/server.xml");
        Files.writeString(
                server,
                Files.readString(server)
                        .replace("port=\"8080\"", "port=\"" + port + "\"")
                        .replace("port=\"8005\"", "port=\"-1\"")
                        .replace("<Server ", "<!-- ours -->\n<Server "));
        Files.writeString(installed.resolve("webapps/ROOT/hello.txt"), "from the admin\n");
        Files.writeString(installed.resolve("lib/driver.jar"), "a driver\n");
        Path catalina = installed.resolve("bin/catalina.sh");
        Files.writeString(catalina, Files.readString(catalina) + "\n# ours\n");
        Files.delete(installed.resolve("bin/configtest.bat"));
        var asItWas = TreeImage.of(installed, _ -> true);

        HostParts parts = parts();
        Adoption adoption = new Adoption(parts, installed);
        AdoptionPlan plan = adoption.survey(Optional.empty());
        assertThat(plan.version()).isEqualTo(Version.of("9.0.117"));
        assertThat(plan.config()).extracting(Part::path).containsExactly("conf");
        assertThat(plan.data()).extracting(Part::path).containsExactly("logs", "webapps");
        assertThat(plan.program().changed()).containsExactly("bin/catalina.sh");
        assertThat(plan.program().added()).containsExactly("lib/driver.jar");
        assertThat(plan.program().missing()).containsExactly("bin/configtest.bat");
        adoption.carryOut(plan, EventListener.NONE);
        assertThat(TreeImage.of(installed, _ -> true)).isEqualTo(asItWas);

        ProductControl product = new ProductControl(parts);
        try {
            product.startHealthy();
            assertThat(get("http://127.0.0.1:" + port + "/hello.txt"))
                    .isEqualTo("from the admin\n");
            assertThatThrownBy(() ->
                            new Adoption(parts("other"), parts.home().current())
                                    .survey(Optional.empty()))
                    .hasMessageContaining("belongs to the home of a supervisor already");
        } finally {
            product.stop();
        }
        assertThat(parts.home().current().resolve("lib/driver.jar")).hasContent("a driver");
        assertThat(TreeImage.of(installed, _ -> true)).isEqualTo(asItWas);
    }

    private HostParts parts() throws IOException {
        return parts("home");
    }

    private HostParts parts(String name) throws IOException {
        Home home = new Home(directory.resolve(name));
        home.create();
        String yaml =
                """
                product: tomcat
                server: http://127.0.0.1:1
                service: {environment: {JAVA_HOME: "%s"}}
                """
                        .formatted(System.getProperty("java.home"));
        Files.writeString(home.settings(), yaml);
        Settings settings =
                Settings.parse(yaml.getBytes(StandardCharsets.UTF_8), "supervisor.yaml");
        return new HostParts(
                home,
                settings,
                () -> new DirectorySource(directory.resolve("repository")),
                new HomeBackups(home, settings, InstantSource.system()),
                new LiveConfigValues(home),
                _ -> false,
                InstantSource.system(),
                () -> false,
                "test",
                Programs.OF_HOST);
    }

    private void publish() throws Exception {
        Path repository = directory.resolve("repository");
        List<Release> releases = new ArrayList<>();
        for (String version : VERSIONS) {
            Path tree = directory.resolve("trees/" + version);
            unpack(version, tree);
            String path = "tomcat/releases/" + version + "/tomcat-" + version + "-any.tgz";
            Files.createDirectories(repository.resolve(path).getParent());
            PackedBundle packed =
                    new BundleWriter(
                                    tree,
                                    yaml(version).getBytes(StandardCharsets.UTF_8),
                                    Optional.empty(),
                                    file ->
                                            file.toString().matches("conf/.*")
                                                    ? FileClass.CONFIG
                                                    : file.toString().matches("(webapps|logs)/.*")
                                                            ? FileClass.DATA
                                                            : FileClass.PROGRAM)
                            .writeTo(repository.resolve(path));
            releases.add(
                    new ReleaseBuilder(Version.of(version))
                            .platform(
                                    "any",
                                    new Artifact(
                                            path, packed.size(), packed.manifest().unpackedBytes()))
                            .build());
        }
        Path channel = repository.resolve("tomcat/channels/stable.json");
        Files.createDirectories(channel.getParent());
        Files.write(
                channel,
                Channel.empty("tomcat", "stable", "semver").withReleases(releases).toJson());
    }

    private static String yaml(String version) {
        return """
        product: tomcat
        version: %s
        platform: any
        layout:
          config: [conf/]
          data: [webapps/, logs/]
          scratch: [work/, temp/]
        service: {run: [bin/catalina.sh, run], stop-timeout: 20s}
        health:
          http: "http://127.0.0.1:{config:conf/server.xml:/Server/Service/Connector[1]/@port}/hello.txt"
          within: 60s
          interval: 100ms
        """
                .formatted(version);
    }

    private static void unpack(String version, Path to) throws Exception {
        Path archive =
                Path.of(System.getProperty("user.home"), ".m2/repository", NAME)
                        .resolve(version + "/tomcat-" + version + ".tar.gz");
        assumeTrue(
                Files.exists(archive),
                () ->
                        "skipped: no Tomcat here; to have it: mvn dependency:get"
                                + " -Dartifact=org.apache.tomcat:tomcat:"
                                + version
                                + ":tar.gz");
        Files.createDirectories(to);
        Process tar =
                new ProcessBuilder(
                                "tar",
                                "xzf",
                                archive.toString(),
                                "--strip-components=1",
                                "-C",
                                to.toString())
                        .inheritIO()
                        .start();
        assertThat(tar.waitFor()).isZero();
    }

    private static String get(String address) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(
                            HttpRequest.newBuilder(URI.create(address)).build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
        }
    }
}
