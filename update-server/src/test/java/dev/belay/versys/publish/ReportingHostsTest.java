package dev.belay.versys.publish;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.packaging.bundle.BundleWriter;
import dev.belay.packaging.bundle.FileClass;
import dev.belay.server.cli.RunningServer;
import dev.belay.server.cli.Server;
import dev.belay.server.cli.ServerOptions;
import dev.belay.versys.cli.Main;
import dev.belay.versys.console.CommandRunner;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What an edit does to the hosts that report to the server is said before it is signed.
class ReportingHostsTest {
    @TempDir private Path directory;
    private final HttpClient client = HttpClient.newHttpClient();
    private RunningServer server;
    private String said = "";

    @BeforeEach
    void twoReleasesAndSomeHosts() throws Exception {
        server =
                Server.start(
                        ServerOptions.in(directory.resolve("data")).withListen("127.0.0.1", 0));
        Files.createDirectories(directory.resolve("vendor"));
        Files.copy(server.adminTokenFile(), directory.resolve("vendor/token"));
        assertThat(
                        versys(
                                "init",
                                "--product=shop",
                                "--channel=dev",
                                "--server=" + server.uri(),
                                "--solo",
                                "--no-passphrase"))
                .as(said)
                .isZero();
        String token = send("api/v1/products/shop/tokens", adminToken(), "{}").body();
        Files.writeString(
                directory.resolve("vendor/token"),
                token.replaceAll(".*\"token\" ?: ?\"([^\"]+)\".*", "$1").strip());
        assertThat(versys("publish", bundle("1.0.0", "<1.0.0"), "--channel=dev")).as(said).isZero();
        assertThat(versys("publish", bundle("2.0.0", "<2.0.0"), "--channel=dev")).as(said).isZero();
        report("a", "dev", "1.0.0");
        report("b", "dev", "1.0.0");
        report("c", "dev", "2.0.0");
        report("d", "stable", "1.0.0");
    }

    @AfterEach
    void stop() {
        client.shutdownNow();
        server.close();
    }

    @Test
    void anEditSaysHowManyHostsItTouches() {
        assertThat(versys("withdraw", "2.0.0", "--channel=dev", "--reason=broken"))
                .as(said)
                .isZero();
        assertThat(said).contains("2 of 3 reporting hosts lose their way forward.");
    }

    @Test
    void whatAnybodyReportsKeepsNoEditFromBeingPublished() throws Exception {
        report("x", "dev", "9..~-+");
        report("y", "dev", "0".repeat(120));

        assertThat(versys("withdraw", "2.0.0", "--channel=dev", "--reason=broken"))
                .as(said)
                .isZero();
        assertThat(said).contains("2 of 5 reporting hosts lose their way forward.");
    }

    @Test
    void theHostsAreCountedForTheVendorAndForNobodyElse() throws Exception {
        assertThat(versys("hosts", "--channel=dev")).as(said).isZero();
        assertThat(said).contains("\"version\":\"1.0.0\"", "\"version\":\"2.0.0\"");
        assertThat(said).doesNotContain("\"id\"");
        HttpRequest anonymous =
                HttpRequest.newBuilder(
                                server.uri().resolve("api/v1/products/shop/channels/dev/hosts"))
                        .build();
        assertThat(client.send(anonymous, BodyHandlers.ofString()).statusCode()).isEqualTo(401);
    }

    private void report(String host, String channel, String version) throws Exception {
        String body =
                "{\"id\":\"r-%s\",\"host\":\"%s\",\"channel\":\"%s\",\"to\":\"%s\",\"outcome\":\"updated\"}"
                        .formatted(host, host, channel, version);
        assertThat(send("api/v1/products/shop/reports", "none", body).statusCode()).isEqualTo(201);
    }

    private java.net.http.HttpResponse<String> send(String path, String token, String body)
            throws Exception {
        HttpRequest request =
                HttpRequest.newBuilder(server.uri().resolve(path))
                        .header("Authorization", "Bearer " + token)
                        .POST(BodyPublishers.ofString(body))
                        .build();
        return client.send(request, BodyHandlers.ofString());
    }

    private String adminToken() throws IOException {
        return Files.readString(server.adminTokenFile()).strip();
    }

    private int versys(String... words) {
        List<String> all = new ArrayList<>(List.of(words));
        all.add("--dir=" + directory.resolve("vendor"));
        StringWriter out = new StringWriter();
        int status =
                CommandRunner.prepare(new Main(), false)
                        .setOut(new PrintWriter(out))
                        .setErr(new PrintWriter(out))
                        .execute(all.toArray(String[]::new));
        said = out.toString();
        return status;
    }

    private String bundle(String version, String from) throws IOException {
        Path tree = Files.createDirectories(directory.resolve("tree-" + version));
        Files.writeString(tree.resolve("program"), version);
        String yaml =
                "product: shop\nversion: %s\nplatform: any\nupgrade: {from: \"%s\"}\n"
                        .formatted(version, from);
        Path bundle = directory.resolve("shop-" + version + ".tgz");
        new BundleWriter(tree, yaml.getBytes(UTF_8), Optional.empty(), _ -> FileClass.PROGRAM)
                .writeTo(bundle);
        return bundle.toString();
    }
}
