package dev.belay.server.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.belay.packaging.failure.BelayException;
import dev.belay.server.storage.Database;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is remembered of hosts, and for how many.
class FleetTest {
    private final AtomicReference<Instant> now =
            new AtomicReference<>(Instant.parse("2026-11-20T10:00:00Z"));
    @TempDir private Path directory;
    private Database database;
    private Fleet fleet;

    @BeforeEach
    void open() {
        database = Database.open(directory.resolve("server.db"));
        fleet = new Fleet(database, now::get);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void aHostIsAsItLastReported() {
        fleet.record("shop", report("r1", "web-1", "1.0", "updated"));
        now.set(now.get().plusSeconds(60));
        fleet.record("shop", report("r2", "web-1", null, "failed"));

        assertThat(fleet.hosts("shop", 10))
                .containsExactly(
                        new Host(
                                "shop", "web-1", "stable", "1.0", "failed", null, "0.1.0",
                                now.get()));
        assertThat(fleet.hosts("other", 10)).isEmpty();
    }

    @Test
    void theSameIdOfAnotherProductIsAnotherReport() {
        assertThat(fleet.record("shop", report("r1", "web-1", "1.0", "updated"))).isTrue();
        assertThat(fleet.record("shop", report("r1", "web-1", "1.0", "updated"))).isFalse();
        assertThat(fleet.record("till", report("r1", "web-1", "1.0", "updated"))).isTrue();
    }

    @Test
    void oneReportSentByManyAtOnceIsRecordedOnce() throws Exception {
        Callable<Boolean> send =
                () -> fleet.record("shop", report("r1", "web-1", "1.0", "updated"));
        try (var pool = Executors.newFixedThreadPool(4)) {
            assertThat(
                            pool.invokeAll(List.of(send, send, send, send)).stream()
                                    .filter(result -> result.resultNow()))
                    .hasSize(1);
        }
    }

    @Test
    void whatWasSilentLongestIsForgottenFirst() {
        IntStream.range(0, 10)
                .forEach(i -> {
                    now.set(now.get().plusSeconds(1));
                    fleet.record("shop", report("r" + i, "web-" + i, "1.0", "updated"));
                });

        fleet.prune("shop", 4, 3);

        assertThat(fleet.hosts("shop", 10))
                .extracting(Host::id)
                .containsExactly("web-9", "web-8", "web-7");
        assertThat(fleet.count("shop")).isEqualTo(3);
        assertThat(fleet.record("shop", report("r6", "web-6", "1.0", "updated"))).isFalse();
        assertThat(fleet.record("shop", report("r5", "web-5", "1.0", "updated"))).isTrue();
    }

    @Test
    void aFailedTransactionLeavesNothing() {
        assertThatThrownBy(() ->
                        database.transaction(rows -> {
                            fleet.record("shop", report("r1", "web-1", "1.0", "updated"));
                            return 1;
                        }))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() ->
                        database.transaction(rows -> {
                            rows.update(
                                    "INSERT INTO host (product, id, outcome,"
                                            + " reported_at) VALUES ('shop', 'x',"
                                            + " 'updated', 1)");
                            return rows.update("no such statement");
                        }))
                .isInstanceOf(BelayException.class)
                .hasMessageContaining("nothing was changed");

        assertThat(fleet.count("shop")).isZero();
    }

    @Test
    void reopeningKeepsEverything() {
        fleet.record("shop", report("r1", "web-1", "1.0", "updated"));
        database.close();
        database = Database.open(directory.resolve("server.db"));

        assertThat(new Fleet(database, now::get).count("shop")).isEqualTo(1);
    }

    private static Report report(String id, String host, String version, String outcome) {
        return new Report(
                id, host, "stable", null, version, version, outcome, null, null, 1.5, "0.1.0");
    }
}
