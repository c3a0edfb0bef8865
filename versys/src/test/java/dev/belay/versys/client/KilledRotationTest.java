package dev.belay.versys.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.belay.versys.metadata.MetadataException;
import dev.belay.versys.simulator.ReleaseRepositorySimulator;
import dev.belay.versys.simulator.SimulatedHost;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Row T19 of the catalogue of faults: a client that is killed in the first run after the snapshot
/// key was rotated, when it has kept the new root and timestamp, but still the old snapshot.
class KilledRotationTest {
    private final ReleaseRepositorySimulator repository = new ReleaseRepositorySimulator();
    private final SimulatedHost host = new SimulatedHost(repository);
    private byte[] oldTimestamp;

    @BeforeEach
    void killedBeforeTheSnapshotWasKept() {
        host.refresh();
        oldTimestamp = repository.file("timestamp.json");
        byte[] oldSnapshot = host.trusted.get("snapshot");
        repository.rotate("snapshot");
        repository.publishRoot();
        repository.publish();
        host.refresh();
        host.trusted.put("snapshot", oldSnapshot);
    }

    @Test
    void t19TheTimestampDoesNotGoBack() {
        byte[] trusted = host.trusted.get("timestamp");
        repository.files.put("timestamp.json", oldTimestamp);
        assertThatThrownBy(host::refresh)
                .isInstanceOfSatisfying(
                        MetadataException.class,
                        e -> assertThat(e.kind()).isEqualTo("metadata-rollback"));
        assertThat(host.trusted.get("timestamp")).isEqualTo(trusted);
    }

    @Test
    void t19TheNextRunGoesOn() {
        host.refresh();
        assertThat(host.trusted.get("snapshot")).isEqualTo(repository.file("snapshot.json"));
        repository.publish();
        host.refresh();
        assertThat(host.trusted.get("timestamp")).isEqualTo(repository.file("timestamp.json"));
    }

    /// What the kept timestamp says of a snapshot that was never kept may be an attacker's word.
    @Test
    void t19ASnapshotVersionThatWasCountedUpIsRecoveredFromAllTheSame() {
        repository.role("snapshot").put("version", Long.MAX_VALUE - 1);
        repository.publish();
        byte[] oldSnapshot = host.trusted.get("snapshot");
        host.refresh();
        host.trusted.put("snapshot", oldSnapshot);
        repository.role("snapshot").put("version", 3L);
        repository.rotate("snapshot");
        repository.publishRoot();
        repository.publish();
        host.refresh();
        assertThat(host.trusted.get("snapshot")).isEqualTo(repository.file("snapshot.json"));
    }
}
