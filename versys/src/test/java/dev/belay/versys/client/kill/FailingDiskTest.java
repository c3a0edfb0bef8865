package dev.belay.versys.client.kill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.belay.versys.testing.Strace;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Row T17 of the catalogue of faults, with real processes: `tuf-client` on a disk that is full or
/// broken at any one system call, and without memory. It fails closed, in words, and the next run
/// goes on. `-Dbelay.tuf-faults=100` says how often; `scripts/kill-sweep-tuf.sh` does more.
@Tag("slow")
class FailingDiskTest {
    private static final int FAULTS = Integer.getInteger("belay.tuf-faults", 6);
    private static final long SEED = Long.getLong("belay.seed", 20260105);
    @TempDir Path directory;
    private LiveRepository repository;
    private TufHost host;
    private StoreChecks checks;
    private Path log;
    private Path said;

    @BeforeEach
    void aHostThatIsUpToDate() throws Exception {
        repository = new LiveRepository(SEED);
        host = new TufHost(directory, repository);
        checks = new StoreChecks(host, repository, directory);
        log = directory.resolve("log");
        said = directory.resolve("said");
        host.succeed(log);
    }

    @AfterEach
    void stop() {
        repository.close();
    }

    @Test
    void t17ADiskThatFailsAnywhereFailsTheRunAndHarmsNothing() throws Exception {
        assumeTrue(Strace.possible(), "strace and leave to trace are needed");
        repository.moveOn();
        List<KillPoint.AtSystemCall> points =
                KillPoint.AtSystemCall.all(host, log, directory.resolve("system-calls"));
        Collections.shuffle(points, new Random(SEED));
        int failed = 0;
        for (int i = 0; i < FAULTS; i++) {
            KillPoint fault = points.get(i % points.size()).failing();
            if (checks.disturbed(new KillPoint.Noting(fault, said), log)) {
                failed++;
                assertThat(Files.readString(said))
                        .as(fault.toString())
                        .startsWith("error: ")
                        .doesNotContain("unexpected");
            }
        }
        System.out.printf(
                "%d system calls of %d failed, %d runs with them%n", FAULTS, points.size(), failed);
        assertThat(failed).isPositive();
    }

    @Test
    void t17WithoutMemoryTheRunFailsAndTheNextGoesOn() throws Exception {
        repository.grow("shop-releases", 8_000_000);
        KillPoint poor = new KillPoint.Noting(new KillPoint.WithLittleMemory("24m"), said);
        assertThat(checks.disturbed(poor, log)).isTrue();
        assertThat(Files.readString(said)).contains("error: ").contains("OutOfMemoryError");
    }
}
