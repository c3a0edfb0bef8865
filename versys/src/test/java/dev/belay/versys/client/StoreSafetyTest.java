package dev.belay.versys.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.belay.packaging.failure.BelayException;
import dev.belay.packaging.failure.RefusedException;
import dev.belay.packaging.failure.UntrustedException;
import dev.belay.versys.metadata.MetadataException;
import dev.belay.versys.simulator.ReleaseRepositorySimulator;
import dev.belay.versys.simulator.SimulatedHost;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What is kept on disk, and what names from a repository can do to it.
class StoreSafetyTest {
    private static final byte[] BYTES = "program".getBytes(UTF_8);
    @TempDir Path directory;
    private final ReleaseRepositorySimulator repository = new ReleaseRepositorySimulator();

    /// Every file but locks.
    private List<String> everything() throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> directory.relativize(file).toString())
                    .filter(file -> !file.endsWith(".belay/lock"))
                    .sorted()
                    .toList();
        }
    }

    private TufClient client(Path store) {
        return new TufClient(
                repository,
                1,
                ReleaseRepositorySimulator.METADATA,
                ReleaseRepositorySimulator.TARGETS,
                MetadataStores.inDirectory(store),
                ClientLimits.DEFAULT);
    }

    private TargetSource host(Path store, Instant[] clock) {
        TrustStore trust = TrustStore.of(store);
        return new TufRepository(client(store), trust, trust.open(), () -> clock[0]);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../escape",
                "..",
                ".",
                "/etc/passwd",
                "a/b",
                "%2e%2e%2fescape",
                "a%2fb",
                "nul\u0000byte",
                "\u00e9\uD83D\uDE00",
                "con trol\n\u001b[2J",
                ".hidden",
                "long-long-long-long-long-long-long-long-long-long-long-long-long-long-long-long-"
                        + "long-long-long-long-long-long-long-long-long-long-long-long-long-long-"
                        + "long-long-long-long-long-long-long-long-long-long-long-long-long-long-"
                        + "long-long-long-long-long-long-long-long-long-long-long-long-long-long",
            })
    void t13NamesNeverLeaveTheStore(String name) throws Exception {
        Path store = Files.createDirectories(directory.resolve("outer/store"));
        Path targets = Files.createDirectories(directory.resolve("outer/targets"));
        Files.write(store.resolve("root.json"), repository.firstRoot());
        repository.delegate("targets", name, false, name);
        repository.addTarget(name, name, BYTES);
        repository.bump("targets");
        repository.publish();
        TufClient client = client(store);
        client.refresh(ReleaseRepositorySimulator.NOW);
        if (List.of(name.split("/")).contains("..")) {
            assertThatThrownBy(() -> client.find(name))
                    .isInstanceOf(UntrustedException.class)
                    .hasMessageContaining("may not be called");
            return;
        }
        TargetSource.Target target = client.find(name).orElseThrow();
        client.downloadOrNothing(target, targets.resolve(SafeNames.fileName(name)));
        assertThat(everything())
                .hasSize(6)
                .allMatch(file -> file.matches("outer/(store|targets)/[^/]+"));
        try (Stream<Path> kept = Files.list(targets)) {
            assertThat(kept.toList())
                    .singleElement()
                    .satisfies(f -> assertThat(f).hasBinaryContent(BYTES));
        }
    }

    @Test
    void t13DirectoryRepositoriesAreNotLeftEither() throws Exception {
        Path inside = Files.createDirectories(directory.resolve("repository/metadata"));
        Files.writeString(directory.resolve("secret"), "secret");
        Files.writeString(inside.resolve("a b"), "plain");
        Fetcher fetcher = Repositories.fetcher(TransferLimits.DEFAULT);
        String base = inside.toUri().toString();
        assertThat(fetcher.open(base + "a%20b", 0, 10)).isPresent();
        for (String name :
                List.of("../../secret", "%2e%2e/%2e%2e/secret", "..%2f..%2fsecret", "a%00b", ".")) {
            assertThat(fetcher.open(base + name, 0, 10)).as(name).isEmpty();
        }
        assertThatThrownBy(() -> fetcher.open("ftp://example.com/x", 0, 10))
                .isInstanceOf(IOException.class);
    }

    @Test
    void t03TheStoreIsItsOwnersAloneAndBeginsOnce() throws Exception {
        Path store = directory.resolve("tuf");
        Repositories.trust(store, repository.firstRoot());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(store)))
                .isEqualTo("rwx------");
        assertThatThrownBy(() -> Repositories.trust(store, repository.firstRoot()))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("trusts a root already");
        byte[] forged = repository.firstRoot();
        forged[forged.length - 30] ^= 1;
        assertThatThrownBy(() -> Repositories.trust(directory.resolve("other"), forged))
                .isInstanceOf(UntrustedException.class);
        assertThat(directory.resolve("other")).doesNotExist();
    }

    @Test
    void t17WhateverFailsOnTheWayNothingIsTrusted() {
        for (Exception failure :
                List.of(
                        new IOException("EIO"),
                        new IllegalStateException("bug"),
                        new BelayException("any", "any", "any"))) {
            for (int request = 1; request <= 4; request++) {
                int failing = request;
                List<String> asked = new ArrayList<>();
                Fetcher broken =
                        (address, offset, max) -> {
                            asked.add(address);
                            if (asked.size() == failing) {
                                throwAny(failure);
                            }
                            return repository.open(address, offset, max);
                        };
                SimulatedHost host = new SimulatedHost(broken, repository.firstRoot());
                assertThatThrownBy(host::refresh)
                        .as("request %s", request)
                        .isInstanceOf(RuntimeException.class);
                assertThat(host.trusted.keySet()).hasSize(Math.max(1, request - 1));
            }
        }
    }

    private static void throwAny(Exception failure) throws IOException {
        if (failure instanceof IOException io) {
            throw io;
        }
        throw (RuntimeException) failure;
    }

    @Test
    void t17AStoreThatCannotBeWrittenFailsTheRun() throws Exception {
        Path store = Files.createDirectories(directory.resolve("store"));
        Files.write(store.resolve("root.json"), repository.firstRoot());
        Files.createDirectories(store.resolve("timestamp.json/in-the-way"));
        assertThatThrownBy(() -> client(store).refresh(ReleaseRepositorySimulator.NOW))
                .isInstanceOfSatisfying(
                        BelayException.class,
                        e -> assertThat(e.kind()).isEqualTo("store-unusable"));
    }

    @Test
    void t20AClockThatWasSetBackDoesNotReviveExpiredMetadata() throws Exception {
        Path store = directory.resolve("tuf");
        Repositories.trust(store, repository.firstRoot());
        Instant[] clock = {ReleaseRepositorySimulator.NOW};
        TargetSource host = host(store, clock);
        host.refresh();
        repository.role("timestamp").put("expires", "2026-11-20T08:00:00Z");
        repository.publishTimestamp();
        clock[0] = clock[0].minus(Duration.ofDays(3650));
        assertThatThrownBy(() -> host(store, clock).refresh())
                .isInstanceOf(MetadataException.class)
                .hasMessageContaining("it is 2026-11-20T09:00:00Z here");
    }

    @Test
    void t20AClockThatWasFarAheadOnceDoesNoLastingHarm() {
        Path store = directory.resolve("tuf");
        Repositories.trust(store, repository.firstRoot());
        Instant[] clock = {ReleaseRepositorySimulator.NOW.plus(Duration.ofDays(3650))};
        assertThatThrownBy(() -> host(store, clock).refresh())
                .isInstanceOf(MetadataException.class)
                .hasMessageContaining("expired");
        clock[0] = ReleaseRepositorySimulator.NOW;
        host(store, clock).refresh();
    }

    /// One run, one moment: whatever the clock does meanwhile.
    @Test
    void t20AClockThatJumpsDuringARunIsAskedOnce() {
        Path store = directory.resolve("tuf");
        Repositories.trust(store, repository.firstRoot());
        List<Instant> moments = new ArrayList<>();
        InstantSource jumping =
                () -> {
                    moments.add(
                            ReleaseRepositorySimulator.NOW.plus(
                                    Duration.ofDays(3650L * moments.size())));
                    return moments.getLast();
                };
        TrustStore trust = TrustStore.of(store);
        new TufRepository(client(store), trust, trust.open(), jumping).refresh();
        assertThat(moments).hasSize(1);
    }

    @Test
    void theBytesReceivedAreKeptUnderPlainNames() throws Exception {
        Path store = directory.resolve("tuf");
        Repositories.trust(store, repository.firstRoot());
        repository.delegate("targets", "team a", false, "*");
        repository.addTarget("team a", "x", BYTES);
        repository.bump("targets");
        repository.publish();
        TufClient client = client(store);
        client.refresh(ReleaseRepositorySimulator.NOW);
        client.find("x");
        assertThat(everything())
                .containsExactly(
                        "tuf/root.json",
                        "tuf/snapshot.json",
                        "tuf/targets.json",
                        "tuf/team%20a.json",
                        "tuf/timestamp.json");
        assertThat(store.resolve("team%20a.json"))
                .hasBinaryContent(repository.file("1.team a.json"));
    }

    @Test
    void nothingWorksBeforeRefresh() {
        assertThatThrownBy(() -> client(directory).find("x"))
                .isInstanceOf(IllegalStateException.class);
    }
}
