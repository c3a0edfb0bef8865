package dev.belay.versys.publish;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.server.cli.Main;
import dev.belay.server.cli.RunningServer;
import dev.belay.server.cli.Server;
import dev.belay.server.cli.ServerOptions;
import dev.belay.versys.client.Repositories;
import dev.belay.versys.client.RepositoryLocation;
import dev.belay.versys.client.TargetSource;
import dev.belay.versys.console.CommandRunner;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The commands that replace the online key of a running server, and the hosts that follow.
class KeyRotationOverHttpTest {
    @TempDir private Path directory;
    private RunningServer server;
    private byte[] firstRoot;
    private String said = "";

    @BeforeEach
    void aServerWithAVendor() throws Exception {
        start();
        assertThat(
                        versys(
                                "init",
                                "--product=shop",
                                "--channel=stable",
                                "--server=" + server.uri(),
                                "--solo",
                                "--no-passphrase"))
                .as(said)
                .isZero();
        firstRoot = Files.readAllBytes(directory.resolve("vendor/root.json"));
        refresh("old-host");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private void start() {
        server =
                Server.start(
                        ServerOptions.in(directory.resolve("data")).withListen("127.0.0.1", 0));
    }

    private int versys(String... words) {
        List<String> all = new ArrayList<>(Arrays.asList(words));
        all.add("--dir=" + directory.resolve("vendor"));
        all.add("--token-file=" + directory.resolve("data/admin-token"));
        return run(new dev.belay.versys.cli.Main(), all);
    }

    private int run(Object command, List<String> words) {
        StringWriter out = new StringWriter();
        int status =
                CommandRunner.prepare(command, false)
                        .setOut(new PrintWriter(out))
                        .setErr(new PrintWriter(out))
                        .execute(words.toArray(String[]::new));
        said = out.toString();
        return status;
    }

    private void refresh(String host) {
        Path store = directory.resolve(host);
        if (Files.notExists(store)) {
            Repositories.trust(store, firstRoot);
        }
        TargetSource source =
                Repositories.open(
                        RepositoryLocation.below(server.uri().resolve("repository")),
                        store,
                        InstantSource.system());
        source.refresh();
    }

    private String onlineKey(String verb) {
        List<String> words = List.of("online-key", verb, "--data=" + directory.resolve("data"));
        assertThat(run(new Main(), words)).as(said).isZero();
        return said.replaceAll("(?s).*?([0-9a-f]{64}).*", "$1");
    }

    @Test
    void oneCommandReplacesTheKeyAndHostsFollow() {
        String old = onlineKey("show");
        assertThat(versys("key", "rotate", "online")).as(said).isZero();
        String fresh = onlineKey("show");
        assertThat(fresh).isNotEqualTo(old);
        refresh("old-host");
        refresh("new-host");
        assertThat(versys("status")).isZero();
        assertThat(versys("key", "rotate", "timestamp")).as(said).isZero();
        refresh("old-host");
        refresh("new-host");
        assertThat(versys("key", "rotate", "targets", "--no-passphrase")).as(said).isZero();
        refresh("old-host");
    }

    @Test
    void aKeyThatTheServersAdminMadeIsTaken() {
        String made = onlineKey("new");
        refresh("old-host");
        assertThat(versys("key", "rotate", "online")).as(said).isZero();
        assertThat(said).contains("The new online key is " + made);
        assertThat(onlineKey("show")).isEqualTo(made);
        refresh("old-host");
        refresh("new-host");
    }

    @Test
    void twoOwnersOfTheRootReplaceItThroughTheStagingArea() throws Exception {
        assertThat(versys("key", "new", "bob", "--no-passphrase")).as(said).isZero();
        Path keys = directory.resolve("vendor/keys");
        String added = "--key=" + keys.resolve("bob.pub.json");
        assertThat(versys("key", "add", "root", added, "--threshold=2")).as(said).isZero();
        Path bob = Files.createDirectories(directory.resolve("bob/keys"));
        for (String file : new String[] {"bob.pem", "bob.pub.json"}) {
            Files.move(keys.resolve(file), bob.resolve(file));
        }
        String old = onlineKey("show");
        assertThat(versys("key", "rotate", "online", "--stage")).as(said).isZero();
        assertThat(said).contains("root has 1 of 2 signatures", "waits on the server as root-3");
        refresh("old-host");

        for (String file : new String[] {"versys.yaml", "root.json"}) {
            Files.copy(
                    directory.resolve("vendor").resolve(file),
                    directory.resolve("bob").resolve(file));
        }
        List<String> words =
                List.of(
                        "sign",
                        "--yes",
                        "--dir=" + directory.resolve("bob"),
                        "--token-file=" + directory.resolve("data/admin-token"));
        assertThat(run(new dev.belay.versys.cli.Main(), words)).as(said).isZero();
        assertThat(said).contains("key " + old + " may no longer sign timestamp", "Published");
        refresh("old-host");
        refresh("new-host");
        assertThat(versys("status")).isZero();
        assertThat(said).doesNotContain("Waits on the server");
    }

    @Test
    void aServerThatLostItsKeyIsRepaired() throws Exception {
        server.close();
        Files.delete(directory.resolve("data/repository/keys/online.pem"));
        Files.delete(directory.resolve("data/repository/keys/online.pub.json"));
        start();
        Path settings = directory.resolve("vendor/versys.yaml");
        Files.writeString(
                settings,
                Files.readString(settings)
                        .replaceAll("server: .*", "server: \"" + server.uri() + "\""));
        refresh("old-host");
        assertThat(versys("key", "rotate", "online")).as(said).isZero();
        refresh("old-host");
        refresh("new-host");
    }
}
