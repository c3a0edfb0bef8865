package dev.belay.versys.publish;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.belay.packaging.bundle.BundleWriter;
import dev.belay.packaging.bundle.FileClass;
import dev.belay.server.cli.RunningServer;
import dev.belay.server.cli.Server;
import dev.belay.server.cli.ServerOptions;
import dev.belay.server.storage.StagedChanges;
import dev.belay.versys.cli.Main;
import dev.belay.versys.client.Repositories;
import dev.belay.versys.client.RepositoryLocation;
import dev.belay.versys.client.TargetSource;
import dev.belay.versys.console.CommandRunner;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Two people who must both sign meet at the server's staging area.
class StagingAreaTest {
    private static final String PROMOTED = "shop-channel-stable-3";
    @TempDir private Path directory;
    private final HttpClient client = HttpClient.newHttpClient();
    private RunningServer server;
    private String said = "";

    /// Alice and Bob both sign `stable`, one key signs `dev`; 1.0.0 is in `dev`.
    @BeforeEach
    void twoPeople() throws Exception {
        server =
                Server.start(
                        ServerOptions.in(directory.resolve("data")).withListen("127.0.0.1", 0));
        Files.createDirectories(directory.resolve("alice"));
        Files.copy(server.adminTokenFile(), directory.resolve("alice/token"));
        assertThat(
                        alice(
                                "init",
                                "--product=shop",
                                "--channel=dev",
                                "--channel=stable",
                                "--server=" + server.uri(),
                                "--solo",
                                "--no-passphrase"))
                .as(said)
                .isZero();
        Path bob = Files.createDirectories(directory.resolve("bob"));
        for (String file : new String[] {"versys.yaml", "root.json"}) {
            Files.copy(directory.resolve("alice").resolve(file), bob.resolve(file));
        }
        assertThat(bob("key", "new", "bob", "--no-passphrase")).as(said).isZero();
        String token = publisherToken();
        Files.writeString(bob.resolve("token"), token);
        String key = bob.resolve("keys/bob.pub.json").toString();
        assertThat(
                        alice(
                                "key",
                                "add",
                                "shop-channel-stable",
                                "--key=" + key,
                                "--threshold=2",
                                "--stage"))
                .as(said)
                .isZero();
        assertThat(said).contains("waits on the server as shop-channel-stable-2+targets-2");
        assertThat(bob("sign", "--yes")).as(said).isZero();
        assertThat(said).contains("key bob may sign shop-channel-stable", "admin token");
        assertThat(alice("sign")).as(said).isZero();
        assertThat(said).contains("Published");
        Files.writeString(directory.resolve("alice/token"), token);
        assertThat(alice("publish", bundle("1.0.0"), "--channel=dev")).as(said).isZero();
    }

    @AfterEach
    void stop() {
        client.shutdownNow();
        server.close();
    }

    private int alice(String... words) {
        return versys("alice", words);
    }

    private int bob(String... words) {
        return versys("bob", words);
    }

    private int versys(String person, String... words) {
        List<String> all = new ArrayList<>(Arrays.asList(words));
        all.add("--dir=" + directory.resolve(person));
        StringWriter out = new StringWriter();
        int status =
                CommandRunner.prepare(new Main(), false)
                        .setOut(new PrintWriter(out))
                        .setErr(new PrintWriter(out))
                        .execute(all.toArray(String[]::new));
        said = out.toString();
        return status;
    }

    private String bundle(String version) throws IOException {
        Path tree = Files.createDirectories(directory.resolve("tree-" + version));
        Files.writeString(tree.resolve("program"), version);
        String yaml =
                "product: shop\nversion: %s\nplatform: any\nupgrade: {from: \"<%s\"}\n"
                        .formatted(version, version);
        Path bundle = directory.resolve("shop-" + version + ".tgz");
        new BundleWriter(tree, yaml.getBytes(UTF_8), Optional.empty(), _ -> FileClass.PROGRAM)
                .writeTo(bundle);
        return bundle.toString();
    }

    private void promoteStaged(String version) {
        assertThat(alice("promote", version, "--from=dev", "--to=stable", "--stage"))
                .as(said)
                .isZero();
        assertThat(said).contains("has 1 of 2 signatures", "waits on the server as " + PROMOTED);
    }

    private boolean stableIsPublished() throws Exception {
        Path store = directory.resolve("host");
        if (Files.notExists(store)) {
            Repositories.trust(store, Files.readAllBytes(directory.resolve("alice/root.json")));
        }
        TargetSource host =
                Repositories.open(
                        RepositoryLocation.below(server.uri().resolve("repository")),
                        store,
                        InstantSource.system());
        host.refresh();
        return host.find("shop/channels/stable.json").isPresent();
    }

    private String publisherToken() throws Exception {
        String admin = Files.readString(server.adminTokenFile()).strip();
        String body =
                client.send(
                                request("/api/v1/products/shop/tokens", admin)
                                        .POST(BodyPublishers.noBody())
                                        .build(),
                                BodyHandlers.ofString())
                        .body();
        return body.replaceAll(".*\"token\":\"([^\"]+)\".*", "$1");
    }

    private HttpRequest.Builder request(String path, String token) {
        return HttpRequest.newBuilder(URI.create(server.uri() + path.substring(1)))
                .header("Authorization", "Bearer " + token);
    }

    private String put(String name, String body) throws Exception {
        String token = Files.readString(directory.resolve("alice/token")).strip();
        var answer =
                client.send(
                        request("/api/v1/products/shop/changes/" + name, token)
                                .PUT(BodyPublishers.ofString(body))
                                .build(),
                        BodyHandlers.ofString());
        return answer.statusCode() + " " + answer.body();
    }

    private Path stagedFile() {
        return directory.resolve("data/changes/shop/" + PROMOTED + ".json");
    }

    @Test
    void theSecondSignaturePublishes() throws Exception {
        promoteStaged("1.0.0");
        assertThat(stableIsPublished()).isFalse();
        assertThat(bob("status")).isZero();
        assertThat(said)
                .contains("Waits on the server: " + PROMOTED)
                .contains("shop-channel-stable has 1 of 2 signatures; still to sign: bob.");
        assertThat(alice("sign", "--yes")).isZero();
        assertThat(said).contains("Nothing is needed from you now");
        assertThat(bob("sign", "--yes")).as(said).isZero();
        assertThat(said).contains("adds shop 1.0.0 to stable", "Published");
        assertThat(stableIsPublished()).isTrue();
        assertThat(bob("sign", "--yes")).isZero();
        assertThat(said).contains("Nothing is needed from you now").doesNotContain(PROMOTED);
        assertThat(bob("status")).isZero();
        assertThat(said).doesNotContain("Waits on the server");
    }

    @Test
    void nobodySignsUnseen() throws Exception {
        promoteStaged("1.0.0");
        assertThat(bob("sign")).isZero();
        assertThat(said).contains("adds shop 1.0.0 to stable", "versys sign --yes", "Not signed");
        assertThat(stableIsPublished()).isFalse();
    }

    @Test
    void whatSomebodyOvertookIsNamedAndTakenAway() throws Exception {
        promoteStaged("1.0.0");
        assertThat(alice("publish", bundle("1.1.0"), "--channel=dev")).as(said).isZero();
        // The same edit through files, which is faster.
        assertThat(alice("promote", "1.1.0", "--from=dev", "--to=stable")).as(said).isZero();
        Path change = directory.resolve("alice/pending/" + PROMOTED + ".change.json");
        assertThat(bob("sign", change.toString())).as(said).isZero();
        assertThat(said).contains("Published");

        assertThat(bob("status")).isZero();
        assertThat(said).contains("versys unstage " + PROMOTED);
        assertThat(bob("sign", "--yes")).isZero();
        assertThat(said).contains("Somebody published something else in between");
        assertThat(bob("unstage", PROMOTED)).isZero();
        assertThat(bob("unstage", PROMOTED)).isEqualTo(4);
        assertThat(bob("status")).isZero();
        assertThat(said).doesNotContain(PROMOTED);
    }

    @Test
    void anotherChangeOfTheSameRoleIsAConflict() throws Exception {
        promoteStaged("1.0.0");
        assertThat(alice("publish", bundle("1.1.0"), "--channel=dev")).isZero();
        assertThat(alice("promote", "1.1.0", "--from=dev", "--to=stable", "--stage")).isEqualTo(4);
        assertThat(said).contains("Another change of the same roles waits", "versys unstage");
        assertThat(bob("sign", "--yes")).isZero();
        assertThat(said).contains("adds shop 1.0.0 to stable");
    }

    @Test
    void nothingUntrueWaitsOnTheServer() throws Exception {
        promoteStaged("1.0.0");
        String good = Files.readString(stagedFile());
        assertThat(alice("unstage", PROMOTED)).isZero();
        assertThat(put(PROMOTED, good)).startsWith("201");
        assertThat(put(PROMOTED, good)).startsWith("200");
        assertThat(alice("unstage", PROMOTED)).isZero();

        assertThat(put("shop-channel-stable-4", good)).startsWith("400").contains("change-invalid");
        assertThat(put(PROMOTED, "{}")).startsWith("400").contains("change-invalid");
        assertThat(put(PROMOTED, good.replace("1.0.0\\\"", "9.0.0\\\"")))
                .startsWith("400")
                .contains("shows another");
        assertThat(put(PROMOTED, good.replaceFirst("\"sig\":\"....", "\"sig\":\"0000")))
                .startsWith("422")
                .contains("metadata-unsigned");
        assertThat(
                        put(
                                PROMOTED,
                                good.replaceFirst("\"signatures\":\\[[^]]*]", "\"signatures\":[]")))
                .startsWith("422");
        assertThat(put("..%2f..%2fx", good)).startsWith("400");
        try (Stream<Path> files = Files.list(stagedFile().getParent())) {
            assertThat(files).isEmpty();
        }
    }

    @Test
    void aChangeWaitsForThirtyDays() throws Exception {
        promoteStaged("1.0.0");
        Files.setLastModifiedTime(
                stagedFile(),
                FileTime.from(Instant.now().minus(StagedChanges.LIFE).minus(Duration.ofDays(1))));
        assertThat(bob("status")).isZero();
        assertThat(said).doesNotContain(PROMOTED);
        await().until(() -> Files.notExists(stagedFile()));
    }

    @Test
    void withoutATokenSignAndStatusStillWork() throws Exception {
        promoteStaged("1.0.0");
        Files.delete(directory.resolve("bob/token"));
        assertThat(bob("status")).as(said).isZero();
        assertThat(bob("sign")).as(said).isZero();
        assertThat(said).contains("Nothing is needed from you now");
        Files.writeString(directory.resolve("bob/token"), "wrong");
        assertThat(bob("status")).as(said).isZero();
        assertThat(said).contains("What waits on the server cannot be seen");
    }
}
