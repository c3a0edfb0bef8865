package dev.belay.supervisor.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.belay.packaging.durable.CopyFilter;
import dev.belay.packaging.durable.CopyVisitor;
import dev.belay.packaging.durable.DurableFiles;
import dev.belay.supervisor.deployment.Deployment;
import dev.belay.supervisor.status.HostStatus;
import dev.belay.supervisor.testing.ShopHost;
import dev.belay.supervisor.testing.ShopVendor;
import dev.belay.supervisor.testing.SupervisorCommand;
import dev.belay.supervisor.testing.SupervisorProcess;
import dev.belay.versys.version.Version;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Kills a real supervisor process with SIGKILL at random moments of an update, again and again,
/// and lets the next command take over, each that an admin might type in turn: the host always ends
/// on the old or the new release, healthy, with all rows. `-Dbelay.kills=50` says how often;
/// `-Dbelay.seed=7` repeats a run.
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
        String backup =
                prepared.parts(() -> false)
                        .backups()
                        .createWithProgram(Deployment.installed(prepared.home()), "test", true)
                        .id();
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
                if (kill % 4 == 3) {
                    killAfter(random.nextLong(whole), host); // also while it recovers
                }
                Command command = Command.values()[kill % Command.values().length];
                String told = takeOver(command, host, backup);
                HostStatus status = host.updates().status();
                assertThat(status.state())
                        .as("kill %d after %d ms, then %s: %s", kill, delay, command, told)
                        .isEqualTo(HostStatus.State.IDLE);
                if (command == Command.ROLLBACK || command == Command.RESTORE) {
                    assertThat(status.installed()).hasToString("1.0.0");
                }
                host.start();
                assertThat(host.get("/health")).contains(status.installed().text());
                host.stop();
                assertThat(host.rows()).containsAll(oldRows.subList(1, oldRows.size()));
                if (Version.of("1.0.0").equals(status.installed())) {
                    onOld++;
                    assertThat(host.rows()).isEqualTo(oldRows);
                    if (command != Command.RESTORE) { // the same rows, not always the same bytes
                        assertThat(host.image()).isEqualTo(oldImage);
                    }
                } else {
                    onNew++;
                    assertThat(status.installed()).hasToString("2.0.0");
                    assertThat(host.rows()).contains("migrated_to_2_0_0");
                    assertThat(host.home().data().resolve("data/format")).hasContent("2.0.0");
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

    /// What an admin might type next, or what takes over by itself.
    private enum Command {
        UPDATE,
        START,
        RECOVER,
        ROLLBACK,
        RESTORE,
        AGENT
    }

    private static String takeOver(Command command, ShopHost host, String backup) throws Exception {
        String home = "--home=" + host.home().root();
        return switch (command) {
            // the server does not answer here: only what was interrupted is brought to its end
            case UPDATE -> SupervisorCommand.run("update", "--yes", home).output();
            case START -> SupervisorCommand.run("start", home).output();
            case RECOVER -> SupervisorCommand.run("recover", "--yes", home).output();
            case ROLLBACK -> SupervisorCommand.run("rollback", "--yes", home).output();
            case RESTORE ->
                    SupervisorCommand.run("backup", "restore", backup, "--yes", home).output();
            case AGENT -> {
                Path log = host.home().root().resolveSibling("agent.log");
                Process agent = SupervisorCommand.start(log, "agent", "--listen=127.0.0.1:0", home);
                try {
                    await().atMost(60, TimeUnit.SECONDS).until(() -> settled(host));
                } finally {
                    SupervisorCommand.kill(agent);
                }
                yield Files.readString(log);
            }
        };
    }

    /// What was stopped on purpose before the kill stays so.
    private static boolean settled(ShopHost host) throws IOException {
        Path agent = host.home().agent();
        return host.updates().status().state() == HostStatus.State.IDLE
                && Files.exists(agent)
                && Files.readString(agent).matches("(?s).*(watching|resting).*");
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
