package dev.belay.supervisor.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.packaging.durable.CopyFilter;
import dev.belay.packaging.durable.CopyVisitor;
import dev.belay.packaging.durable.DurableFiles;
import dev.belay.supervisor.status.EventListener;
import dev.belay.supervisor.status.HostStatus;
import dev.belay.supervisor.testing.ShopHost;
import dev.belay.supervisor.testing.ShopVendor;
import dev.belay.supervisor.testing.SupervisorProcess;
import dev.belay.versys.version.Version;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Kills a real supervisor process with SIGKILL at random moments of an update, again and again,
/// and lets the next one take over: the host always ends on the old or the new release, healthy,
/// with all rows. `-Dbelay.kills=50` says how often; `-Dbelay.seed=7` repeats a run.
@Tag("slow")
class KillSweepTest {
    private static final int KILLS = Integer.getInteger("belay.kills", 50);
    private static final long SEED = Long.getLong("belay.seed", 20260102);
    @TempDir Path directory;

    @Test
    void aKilledSupervisorLeavesTheOldOrTheNewRelease() throws Exception {
        ShopVendor vendor = new ShopVendor(directory.resolve("repository"));
        vendor.release("1.0.0", "none", "ok");
        ShopHost prepared =
                new ShopHost(directory.resolve("prepared"), directory.resolve("repository"));
        prepared.install("1.0.0");
        prepared.start();
        prepared.visit(5);
        prepared.stop();
        List<String> oldRows = prepared.rows();
        SortedMap<String, String> oldImage = prepared.image();
        vendor.release("2.0.0", "1.0.0", "ok");
        long whole = fullUpdateMillis(prepared) * 5 / 4; // some kills come just after the end

        Random random = new Random(SEED);
        int onOld = 0;
        int onNew = 0;
        for (int kill = 0; kill < KILLS; kill++) {
            ShopHost host = copy(prepared, "host-" + kill);
            try {
                long delay = random.nextLong(whole);
                killAfter(delay, host);
                if (kill % 5 == 4) {
                    killAfter(random.nextLong(whole), host); // also while it recovers
                }
                host.updates().recover(EventListener.NONE);
                HostStatus status = host.updates().status();
                assertThat(status.state())
                        .as("kill %d after %d ms", kill, delay)
                        .isEqualTo(HostStatus.State.IDLE);
                host.start();
                assertThat(host.get("/health")).contains(status.installed().text());
                host.stop();
                assertThat(host.rows()).containsAll(oldRows.subList(1, oldRows.size()));
                if (Version.of("1.0.0").equals(status.installed())) {
                    onOld++;
                    assertThat(host.rows()).isEqualTo(oldRows);
                    assertThat(host.image()).isEqualTo(oldImage);
                } else {
                    onNew++;
                    assertThat(status.installed()).hasToString("2.0.0");
                    assertThat(host.rows()).contains("migrated_to_2_0_0");
                }
            } finally {
                host.stop();
                DurableFiles.deleteTree(host.home().root());
            }
        }
        System.out.printf(
                "killed %d times: %d on the old release, %d on the new%n", KILLS, onOld, onNew);
        assertThat(onOld + onNew).isEqualTo(KILLS);
    }

    /// How long an update takes here and now, so that the kills fall into it.
    private long fullUpdateMillis(ShopHost prepared) throws Exception {
        ShopHost host = copy(prepared, "measured");
        try {
            host.start();
            long begin = System.nanoTime();
            Process supervisor = supervisor(host);
            supervisor.waitFor();
            assertThat(host.home().installed().orElseThrow().text()).isEqualTo("2.0.0");
            return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
        } finally {
            host.stop();
        }
    }

    private void killAfter(long millis, ShopHost host) throws Exception {
        Process supervisor = supervisor(host);
        if (!supervisor.waitFor(millis, TimeUnit.MILLISECONDS)) {
            supervisor.destroyForcibly();
        }
        supervisor.waitFor();
    }

    private Process supervisor(ShopHost host) throws Exception {
        return SupervisorProcess.start(
                host.home().root().toString(), directory.resolve("repository").toString());
    }

    private ShopHost copy(ShopHost prepared, String name) throws Exception {
        Path home = directory.resolve(name);
        DurableFiles.copyTree(prepared.home().root(), home, CopyFilter.ALL, CopyVisitor.NONE);
        ShopHost host = new ShopHost(home, directory.resolve("repository"));
        return host;
    }
}
