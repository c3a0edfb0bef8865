package dev.belay.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.versys.client.Repositories;
import dev.belay.versys.client.RepositoryLocation;
import dev.belay.versys.client.TargetSource;
import dev.belay.versys.console.CommandRunner;
import dev.belay.versys.graph.Channel;
import dev.belay.versys.testing.FreePort;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/// Kills the real server with SIGKILL at random moments while `versys publish` runs: a host then
/// sees the channel as it was or as it was to be, and what it sees verifies.
/// `-Dbelay.publish-kills=20` says how often; `-Dbelay.seed=7` repeats a run.
@Tag("slow")
class PublishKillTest {
    private static final int KILLS = Integer.getInteger("belay.publish-kills", 10);
    private static final long SEED = Long.getLong("belay.seed", 20260103);
    private static final String CHANNEL = "shop/channels/stable.json";
    @TempDir private Path directory;
    private final Random random = new Random(SEED);
    private int port;
    private ServerProcess server;

    @BeforeEach
    void aServerWithAProduct() throws Exception {
        port = FreePort.next();
        restart();
        versys(
                "init",
                "--product=shop",
                "--channel=stable",
                "--server=" + server.uri(),
                "--token-file=" + data().resolve("admin-token"),
                "--solo",
                "--no-passphrase");
        StringWriter token = new StringWriter();
        CommandRunner.prepare(new Main(), false)
                .setOut(new PrintWriter(token))
                .execute("token", "create", "--data=" + data(), "--product=shop");
        Files.writeString(directory.resolve("vendor/token"), token.toString());
    }

    @AfterEach
    void stop() throws Exception {
        server.kill();
    }

    @Test
    void s08_aKilledServerHasPublishedAllOrNothing() throws Exception {
        Path state = trusted("one-host");
        List<String> published = new ArrayList<>();
        long whole = 0;
        for (String version : List.of("0.9.1", "0.9.2", "0.9.3")) {
            Path bundle = bundle(version);
            long begin = System.nanoTime();
            assertThat(publish(bundle)).isZero();
            published.add(version);
            whole = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin); // the last is warm
        }
        int old = 0;
        for (int kill = 1; kill <= KILLS; kill++) {
            String version = "1.0." + kill;
            Path bundle = bundle(version);
            FutureTask<Integer> publishing = new FutureTask<>(() -> publish(bundle));
            Thread.ofPlatform().start(publishing);
            long delay = random.nextLong(whole);
            awaitMillis(publishing, delay);
            server.kill();
            publishing.get();

            restart();
            List<String> seen = versions(state);
            List<String> wanted = new ArrayList<>(published);
            wanted.add(version);
            assertThat(seen).as("kill %d after %d ms", kill, delay).isIn(published, wanted);
            old += seen.equals(published) ? 1 : 0;
            assertThat(publish(bundle)).as("publishing again after kill %d", kill).isZero();
            assertThat(versions(state)).isEqualTo(wanted);
            published = wanted;
        }
        assertThat(versions(trusted("another-host"))).isEqualTo(published);
        System.out.printf(
                "killed %d times: %d with the old state, %d with the new%n",
                KILLS, old, KILLS - old);
    }

    /// What a host sees: verifies the metadata, then downloads and verifies the newest bundle.
    private List<String> versions(Path state) throws Exception {
        TargetSource host =
                Repositories.open(
                        RepositoryLocation.below(server.uri().resolve("repository")),
                        state,
                        InstantSource.system());
        host.refresh();
        Channel channel = Channel.parse(host.read(host.find(CHANNEL).orElseThrow(), 1_000_000));
        List<String> versions =
                channel.releases().stream().map(release -> release.version().text()).toList();
        String newest = versions.getLast();
        Path file = state.resolveSibling(newest + ".tgz");
        host.download(
                host.find("shop/releases/" + newest + "/shop-" + newest + "-any.tgz").orElseThrow(),
                file,
                (done, total) -> {});
        Files.delete(file);
        return versions;
    }

    private Path trusted(String host) throws Exception {
        Path state = Files.createDirectories(directory.resolve(host + "/tuf"));
        Repositories.trust(state, Files.readAllBytes(directory.resolve("vendor/root.json")));
        return state;
    }

    private Path bundle(String version) throws Exception {
        Path tree = directory.resolve("tree");
        byte[] content = new byte[500_000];
        random.nextBytes(content);
        Files.createDirectories(tree.resolve("bin"));
        Files.write(tree.resolve("bin/shop"), content);
        assertThat(tree.resolve("bin/shop").toFile().setExecutable(true)).isTrue();
        Path yaml = directory.resolve("release.yaml");
        Files.writeString(
                yaml,
                """
                product: shop
                version: %s
                platform: any
                upgrade: {from: "<%s"}
                service: {run: [bin/shop]}
                """
                        .formatted(version, version));
        Path bundle = directory.resolve("shop-" + version + "-any.tgz");
        StringWriter out = new StringWriter();
        int status =
                CommandRunner.prepare(new dev.belay.versys.cli.Main(), false)
                        .setOut(new PrintWriter(out))
                        .setErr(new PrintWriter(out))
                        .execute("pack", "--release=" + yaml, "--tree=" + tree, "-o=" + bundle);
        assertThat(status).as(out.toString()).isZero();
        return bundle;
    }

    private int publish(Path bundle) {
        CommandLine versys = CommandRunner.prepare(new dev.belay.versys.cli.Main(), false);
        StringWriter out = new StringWriter();
        return versys.setOut(new PrintWriter(out))
                .setErr(new PrintWriter(out))
                .execute(
                        "publish",
                        bundle.toString(),
                        "--channel=stable",
                        "--dir=" + directory.resolve("vendor"));
    }

    private void versys(String... words) {
        List<String> all = new ArrayList<>(List.of(words));
        all.add("--dir=" + directory.resolve("vendor"));
        StringWriter out = new StringWriter();
        int status =
                CommandRunner.prepare(new dev.belay.versys.cli.Main(), false)
                        .setOut(new PrintWriter(out))
                        .setErr(new PrintWriter(out))
                        .execute(all.toArray(String[]::new));
        assertThat(status).as(out.toString()).isZero();
    }

    private static void awaitMillis(FutureTask<Integer> publishing, long millis) throws Exception {
        try {
            publishing.get(millis, TimeUnit.MILLISECONDS);
        } catch (java.util.concurrent.TimeoutException e) {
            // it is under way, as it should be
        }
    }

    private void restart() throws Exception {
        server = ServerProcess.start(data(), port);
    }

    private Path data() {
        return directory.resolve("data");
    }
}
