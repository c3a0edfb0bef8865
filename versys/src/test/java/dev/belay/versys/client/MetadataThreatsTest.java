package dev.belay.versys.client;

import static dev.belay.versys.simulator.ReleaseRepositorySimulator.map;
import static dev.belay.versys.simulator.ReleaseRepositorySimulator.sign;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.belay.versys.metadata.MetadataException;
import dev.belay.versys.simulator.ReleaseRepositorySimulator;
import dev.belay.versys.simulator.SimulatedHost;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// Rows T02, T04 to T07 and T19 of the catalogue of faults: what a hostile repository, mirror or
/// network can send.
class MetadataThreatsTest extends HostileRepository {
    @Test
    void t02RefusesTimestampRollback() {
        byte[] old = repository.file("timestamp.json");
        repository.publish();
        host.refresh();
        byte[] trusted = host.trusted.get("timestamp");
        repository.files.put("timestamp.json", old);
        assertRefused("metadata-rollback");
        assertThat(host.trusted.get("timestamp")).isEqualTo(trusted);
    }

    @Test
    void t02RefusesSnapshotRollback() {
        repository.publish();
        repository.publish();
        host.refresh();
        byte[] trusted = host.trusted.get("snapshot");
        repository.role("snapshot").put("version", 1L);
        repository.resignSnapshot();
        repository.publishTimestamp();
        assertRefused("metadata-rollback");
        assertThat(host.trusted.get("snapshot")).isEqualTo(trusted);
    }

    @Test
    void t02RefusesTargetsRollbackInSnapshot() {
        repository.bump("targets");
        repository.publish();
        host.refresh();
        repository.role("targets").put("version", 1L);
        repository.publish();
        assertRefused("metadata-rollback");
        assertThat(trustedVersion("targets")).isEqualTo(2);
    }

    @Test
    void t02RefusesARoleThatIsGoneFromTheSnapshot() {
        repository.delegate("targets", "team", false, "team/*");
        repository.publish();
        host.refresh();
        repository.roles.remove("team");
        repository.publish();
        assertRefused("metadata-missing");
    }

    @Test
    void t02RefusesOldSnapshotAlsoWhenTheTimestampIsLost() {
        repository.publish();
        repository.publish();
        host.refresh();
        host.trusted.remove("timestamp");
        repository.role("snapshot").put("version", 1L);
        repository.resignSnapshot();
        repository.publishTimestamp();
        assertRefused("metadata-rollback");
    }

    @Test
    void t04RefusesVersionsBeyond64BitsAndBelowOne() {
        for (String version : List.of("9223372036854775808", "0", "-1", "1.0", "\"1\"")) {
            String timestamp = new String(repository.file("timestamp.json"), UTF_8);
            repository.files.put(
                    "timestamp.json",
                    timestamp
                            .replaceAll("\"version\":\\d+\\}\\}$", "\"version\":" + version + "}}")
                            .getBytes(UTF_8));
            assertRefused("metadata-malformed");
        }
    }

    @Test
    void t04RecoversFromFastForwardOfTimestampByKeyRotation() {
        repository.role("timestamp").put("version", Long.MAX_VALUE);
        repository.files.put(
                "timestamp.json",
                sign(repository.role("timestamp"), repository.keys.get("timestamp")));
        host.refresh();
        repository.role("timestamp").put("version", 1L);
        repository.publishTimestamp();
        assertRefused("metadata-rollback");
        repository.rotate("timestamp");
        repository.publishRoot();
        repository.publishTimestamp();
        host.refresh();
        assertThat(trustedVersion("timestamp")).isEqualTo(2);
    }

    @Test
    void t04RecoversFromFastForwardOfSnapshotByKeyRotation() {
        repository.role("snapshot").put("version", Long.MAX_VALUE - 1);
        repository.publish();
        host.refresh();
        repository.role("snapshot").put("version", 2L);
        repository.rotate("snapshot");
        repository.publishRoot();
        repository.publish();
        host.refresh();
        assertThat(trustedVersion("snapshot")).isEqualTo(2);
    }

    @Test
    void t04RecoversFromFastForwardOfTargetsByKeyRotation() {
        repository.role("targets").put("version", Long.MAX_VALUE);
        repository.publish();
        host.refresh();
        repository.role("targets").put("version", 2L);
        repository.publish();
        assertRefused("metadata-rollback");
        repository.rotate("snapshot");
        repository.publishRoot();
        repository.publish();
        host.refresh();
        assertThat(trustedVersion("targets")).isEqualTo(2);
    }

    @Test
    void t05StopsWhenTheTimestampIsFrozen() {
        host.refresh();
        host.now = host.now.plus(Duration.ofDays(31));
        assertRefused("metadata-expired")
                .hasMessageContaining("metadata expired 2026-12-20T09:00:00Z");
    }

    @Test
    void t05RefusesAnyExpiredRoleAtTheVeryMoment() {
        for (String role : List.of("root", "timestamp", "snapshot", "targets")) {
            ReleaseRepositorySimulator stale = new ReleaseRepositorySimulator();
            stale.role(role).put("expires", "2026-11-20T09:00:00Z");
            if (role.equals("root")) {
                stale.publishRoot();
            }
            stale.bump("targets");
            stale.publish();
            SimulatedHost victim = new SimulatedHost(stale);
            assertThatThrownBy(victim::refresh)
                    .as(role)
                    .isInstanceOfSatisfying(
                            MetadataException.class,
                            e -> assertThat(e.kind()).isEqualTo("metadata-expired"));
            victim.now = victim.now.minusSeconds(1);
            victim.limits = ClientLimits.DEFAULT.withAnyLife();
            victim.refresh();
        }
    }

    @Test
    void t05ExpiredIntermediateRootDoesNotMatterIfANewerOneFollows() {
        repository.role("root").put("expires", "2020-01-01T00:00:00Z");
        repository.publishRoot();
        repository.role("root").put("expires", ReleaseRepositorySimulator.EXPIRES);
        repository.publishRoot();
        host.refresh();
        assertThat(trustedVersion("root")).isEqualTo(3);
    }

    @Test
    void t06RefusesASnapshotThatTheTimestampDoesNotName() {
        byte[] other = repository.file("1.snapshot.json");
        repository.publish();
        repository.files.put("2.snapshot.json", other);
        assertRefused("metadata-mismatch");
        assertThat(host.trusted).doesNotContainKey("snapshot");
    }

    @Test
    void t06RefusesTargetsOfAnotherVersionThanTheSnapshotNames() {
        byte[] first = repository.file("1.targets.json");
        repository.bump("targets");
        repository.publish();
        repository.files.put("2.targets.json", first);
        assertRefused("metadata-mismatch");
    }

    @Test
    void t06RefusesMixOfOldSnapshotFileAndItsVersionNumber() {
        repository.publish();
        map(map(repository.role("timestamp"), "meta"), "snapshot.json").remove("hashes");
        map(map(repository.role("timestamp"), "meta"), "snapshot.json").remove("length");
        repository.publishTimestamp();
        repository.files.put("2.snapshot.json", repository.file("1.snapshot.json"));
        assertRefused("metadata-mismatch").hasMessageContaining("version 1");
    }

    @Test
    void t07StopsReadingMetadataAtItsLimit() {
        for (String name :
                List.of("2.root.json", "timestamp.json", "1.snapshot.json", "1.targets.json")) {
            ReleaseRepositorySimulator endless = new ReleaseRepositorySimulator();
            endless.files.put(name, new byte[40 * 1024 * 1024]);
            SimulatedHost victim = new SimulatedHost(endless);
            assertThatThrownBy(victim::refresh)
                    .as(name)
                    .isInstanceOfSatisfying(
                            MetadataException.class,
                            e -> assertThat(e.kind()).isEqualTo("metadata-too-large"));
        }
    }

    @Test
    void t19EveryStopBetweenTwoSavesLeavesAStoreThatGoesOnAndForgetsNothing() {
        host.refresh();
        TreeMap<String, byte[]> before = new TreeMap<>(host.trusted);
        repository.publishRoot();
        repository.bump("targets");
        repository.publish();
        host.refresh();
        TreeMap<String, byte[]> after = new TreeMap<>(host.trusted);
        List<String> order = List.of("root", "timestamp", "snapshot", "targets");
        for (int saved = 0; saved <= order.size(); saved++) {
            SimulatedHost killed = new SimulatedHost(repository);
            killed.trusted.putAll(before);
            order.subList(0, saved).forEach(role -> killed.trusted.put(role, after.get(role)));
            killed.refresh();
            for (String role : order) {
                assertThat(killed.trusted.get(role))
                        .as("%s, killed after %s saves", role, saved)
                        .isEqualTo(after.get(role));
            }
        }
    }

    @Test
    void unknownMembersAndCustomAreKept() {
        repository
                .role("targets")
                .put(
                        "x-more",
                        new LinkedHashMap<>(
                                Map.of("\u00e9\uD83D\uDE00\u007f\"\\", List.of(true, -5L))));
        repository.addTarget("targets", "a", BYTES).put("custom", Map.of("any", List.of(Map.of())));
        repository.bump("targets");
        repository.publish();
        assertThat(host.find("a")).isPresent();
        assertThat(host.trusted.get("targets")).isEqualTo(repository.file("2.targets.json"));
    }

    @Test
    void t05RefusesTimestampsAndSnapshotsThatLiveForYears() {
        for (String role : List.of("timestamp", "snapshot")) {
            ReleaseRepositorySimulator forEver = new ReleaseRepositorySimulator();
            forEver.role(role).put("expires", "9999-12-31T00:00:00Z");
            forEver.bump("targets");
            forEver.publish();
            SimulatedHost victim = new SimulatedHost(forEver);
            assertThatThrownBy(victim::refresh)
                    .as(role)
                    .isInstanceOfSatisfying(
                            MetadataException.class,
                            e -> assertThat(e.kind()).isEqualTo("metadata-lifetime"));
        }
    }

    @Test
    void whatIsWrongNamesRoleAndAddress() {
        repository.files.put("timestamp.json", "{}".getBytes(UTF_8));
        assertRefused("metadata-malformed")
                .hasMessageStartingWith("timestamp from simulated:metadata/timestamp.json: ");
    }
}
