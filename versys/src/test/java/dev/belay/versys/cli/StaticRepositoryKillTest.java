package dev.belay.versys.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Several processes at one directory: some are killed, some run at the same moment. A host then
/// sees the channel as it was or as it was to be, and what it sees verifies.
/// `-Dbelay.publish-kills=20` says how often; `-Dbelay.seed=7` repeats a run.
@Tag("slow")
class StaticRepositoryKillTest {
    private static final int KILLS = Integer.getInteger("belay.publish-kills", 10);
    private static final long SEED = Long.getLong("belay.seed", 20260103);
    @TempDir Path directory;
    private final Random random = new Random(SEED);
    private VendorAtWork vendor;
    private Path web;

    @BeforeEach
    void aRepository() throws Exception {
        vendor = new VendorAtWork(directory);
        web = directory.resolve("web");
        assertThat(
                        vendor.versys(
                                "init",
                                "--product=shop",
                                "--channel=stable",
                                "--solo",
                                "--no-passphrase",
                                "--to=" + web))
                .as(vendor.said())
                .isZero();
    }

    private Process publishing(Path bundle) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName(),
                        "publish",
                        bundle.toString(),
                        "--channel=stable",
                        "--to=" + web,
                        "--dir=" + vendor.home())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve(bundle.getFileName() + ".out").toFile())
                .start();
    }

    private Path bundle(String version) throws IOException {
        byte[] program = new byte[500_000];
        random.nextBytes(program);
        return vendor.bundle(version, program);
    }

    private List<String> seenBy(String host) throws IOException {
        return vendor.versions(web.toUri(), host);
    }

    @Test
    void s08_aKilledPublisherHasPublishedAllOrNothing() throws Exception {
        long begin = System.nanoTime();
        assertThat(publishing(bundle("0.9.0")).waitFor()).isZero();
        long whole = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
        List<String> published = List.of("0.9.0");
        int old = 0;
        for (int kill = 1; kill <= KILLS; kill++) {
            String version = "1.0." + kill;
            Path bundle = bundle(version);
            Process process = publishing(bundle);
            // Most of a process is its start, during which there is nothing to damage.
            long delay = whole / 3 + random.nextLong(whole);
            process.waitFor(delay, TimeUnit.MILLISECONDS);
            process.destroyForcibly().waitFor();

            List<String> seen = seenBy("host");
            List<String> wanted = new ArrayList<>(published);
            wanted.add(version);
            assertThat(seen).as("kill %d after %d ms", kill, delay).isIn(published, wanted);
            old += seen.equals(published) ? 1 : 0;
            assertThat(vendor.versys("publish", bundle.toString(), "--channel=stable"))
                    .as("publishing again after kill %d: %s", kill, vendor.said())
                    .isZero();
            assertThat(seenBy("host")).isEqualTo(wanted);
            published = wanted;
        }
        assertThat(seenBy("new-host")).isEqualTo(published);
        System.out.printf(
                "killed %d times: %d with the old state, %d with the new%n",
                KILLS, old, KILLS - old);
    }

    @Test
    void publishersAtTheSameMomentAllGetThrough() throws Exception {
        List<Process> processes = new ArrayList<>();
        List<Path> bundles = new ArrayList<>();
        for (String version : List.of("1.0.0", "1.0.1", "1.0.2")) {
            bundles.add(bundle(version));
        }
        for (Path bundle : bundles) {
            processes.add(publishing(bundle));
        }
        for (int i = 0; i < processes.size(); i++) {
            Path words = directory.resolve(bundles.get(i).getFileName() + ".out");
            assertThat(processes.get(i).waitFor()).as(Files.readString(words)).isZero();
        }
        assertThat(seenBy("host")).containsExactlyInAnyOrder("1.0.0", "1.0.1", "1.0.2");
    }
}
