package dev.belay.versys.client.kill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.versys.testing.Strace;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Row T19 of the catalogue of faults, with real processes: `tuf-client` killed by SIGKILL on its
/// way, and two of them at once on one store. `-Dbelay.tuf-kills=300` and `-Dbelay.tuf-pairs=50`
/// say how often, `-Dbelay.seed=7` repeats a run; `scripts/kill-sweep-tuf.sh` does all of it.
@Tag("slow")
class StoreKillSweepTest {
    private static final int KILLS = Integer.getInteger("belay.tuf-kills", 10);
    private static final int PAIRS = Integer.getInteger("belay.tuf-pairs", 2);
    private static final long SEED = Long.getLong("belay.seed", 20260104);
    private static final int REQUESTS = 10;
    @TempDir Path directory;
    private final Random random = new Random(SEED);
    private LiveRepository repository;
    private TufHost host;
    private StoreChecks checks;

    @BeforeEach
    void aHostThatIsUpToDate() throws Exception {
        repository = new LiveRepository(SEED);
        host = new TufHost(directory, repository);
        checks = new StoreChecks(host, repository, directory);
        host.succeed(log());
    }

    @AfterEach
    void stop() {
        repository.close();
    }

    private Path log() {
        return directory.resolve("log");
    }

    @Test
    void t19AKilledClientLeavesAStoreThatGoesOnAndForgetsNothing() throws Exception {
        List<KillPoint> points = points();
        Collections.shuffle(points, random);
        int killed = 0;
        for (int kill = 0; kill < KILLS; kill++) {
            KillPoint point = points.get(kill % points.size());
            killed += checks.disturbed(point, log()) ? 1 : 0;
        }
        System.out.printf(
                "%d clients at %d points, %d of them killed before they were done%n",
                KILLS, points.size(), killed);
        // late moments and the last requests of some states come after the end
        assertThat(killed).isGreaterThan(KILLS / 2);
    }

    /// Every request twice, every change on the disk where processes can be traced, and moments in
    /// between.
    private List<KillPoint> points() throws Exception {
        List<KillPoint> points = new ArrayList<>();
        for (int request = 0; request < REQUESTS; request++) {
            points.add(new KillPoint.AtRequest(request, false));
            points.add(new KillPoint.AtRequest(request, true));
        }
        repository.moveOn();
        long begin = System.nanoTime();
        host.succeed(log());
        long whole = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
        for (int i = 0; i < 20; i++) {
            points.add(new KillPoint.AfterMillis(whole / 2 + random.nextLong(1 + whole / 2)));
        }
        if (Strace.possible()) {
            repository.moveOn();
            points.addAll(
                    KillPoint.AtSystemCall.all(host, log(), directory.resolve("system-calls")));
        } else {
            System.out.println("skipped: kills at system calls need strace and leave to trace");
        }
        return points;
    }

    @Test
    void twoClientsAtOnceOnOneStoreDoNotMixIt() throws Exception {
        Path otherLog = directory.resolve("other-log");
        int retried = 0;
        for (int pair = 0; pair < PAIRS; pair++) {
            TreeMap<String, Long> before = host.versions();
            repository.moveOn();
            int movingAt = random.nextInt(REQUESTS);
            repository.watch((request, half) -> {
                if (half && (request == movingAt || request == movingAt + 4)) {
                    repository.moveOn();
                }
            });
            Process one = host.start(log());
            Process other = host.start(otherLog);
            boolean bothDone = true;
            for (Process process : List.of(one, other)) {
                if (process.waitFor() != 0) {
                    retried++;
                    bothDone = false;
                    String said = Files.readString(process == one ? log() : otherLog);
                    assertThat(said).startsWith("error: ").doesNotContain("unexpected");
                }
            }
            repository.watch((request, half) -> {});
            StoreChecks.assertNothingOlder(before, host.versions(), "pair " + pair);
            checks.assertEverythingWasServed("pair " + pair);
            if (bothDone) {
                checks.assertOneState();
            }
            host.succeed(log());
            checks.assertOneState();
            checks.assertUpToDate("pair " + pair);
        }
        System.out.printf(
                "%d pairs of clients at once, %d runs had to be repeated%n", PAIRS, retried);
    }
}
