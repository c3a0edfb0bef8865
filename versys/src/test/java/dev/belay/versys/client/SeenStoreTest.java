package dev.belay.versys.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.belay.packaging.durable.DurableFiles;
import dev.belay.versys.metadata.MetadataException;
import dev.belay.versys.simulator.ReleaseRepositorySimulator;
import dev.belay.versys.simulator.SimulatedKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// T03: whoever deletes the metadata store, or puts an older copy of it back, does not make a host
/// accept what is older than what it has seen.
class SeenStoreTest {
    @TempDir Path directory;
    private final ReleaseRepositorySimulator repository = new ReleaseRepositorySimulator();
    private Path tuf;
    private Path seen;
    private Map<String, byte[]> oldFiles = Map.of();
    private Instant now = ReleaseRepositorySimulator.NOW;

    @BeforeEach
    void aHostThatHasSeenMoreThanAnAttackerCanOffer() throws IOException {
        tuf = directory.resolve("tuf");
        seen = directory.resolve("seen");
        Repositories.trust(tuf, repository.firstRoot());
        refresh();
        copy(tuf, directory.resolve("older copy"));
        oldFiles = new HashMap<>(repository.files);
        repository.bump("targets");
        repository.publish();
        refresh();
    }

    @Test
    void t03RefusesRollbackAfterTheStoreWasDeleted() throws IOException {
        DurableFiles.deleteTree(tuf);
        offerOldMetadata();
        refusesRollback("timestamp went back from version 2 to 1");
        Files.createDirectories(tuf);
        Files.write(tuf.resolve("root.json"), repository.firstRoot());
        refusesRollback("timestamp went back from version 2 to 1");
    }

    @Test
    void t03RefusesRollbackAfterAnOlderCopyWasPutBack() throws IOException {
        DurableFiles.deleteTree(tuf);
        copy(directory.resolve("older copy"), tuf);
        offerOldMetadata();
        refusesRollback("timestamp went back from version 2 to 1");
    }

    @Test
    void t03RefusesTheSnapshotThatAThiefOfTheTimestampKeyNames() throws IOException {
        DurableFiles.deleteTree(tuf);
        repository.role("targets").put("version", 1L);
        repository.publishTargets("targets");
        repository.publishSnapshot();
        repository.publishTimestamp();
        refusesRollback("targets.json in snapshot went back from version 2 to 1");
    }

    @Test
    void t03RefusesAnEarlierRoot() throws IOException {
        rotateRoot();
        refresh();
        DurableFiles.deleteTree(tuf);
        Repositories.trust(tuf, repository.firstRoot());
        repository.files.remove("2.root.json");
        refusesRollback("root went back from version 2 to 1");
        assertThatThrownBy(this::refresh)
                .isInstanceOfSatisfying(
                        MetadataException.class,
                        e -> assertThat(e.help()).contains("remove " + seen));
    }

    @Test
    void goesOnWithoutTheStoreWhenTheRepositoryIsHonest() throws IOException {
        rotateRoot();
        refresh();
        DurableFiles.deleteTree(tuf);
        refresh();
        assertThat(tuf.resolve("timestamp.json"))
                .hasBinaryContent(repository.file("timestamp.json"));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(tuf)))
                .isEqualTo("rwx------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(seen)))
                .isEqualTo("rwx------");
    }

    @Test
    void anotherVendorsRootIsTakenWhenTheAdminRemovesTheRecord() throws IOException {
        rotateRoot();
        refresh();
        ReleaseRepositorySimulator other = new ReleaseRepositorySimulator();
        DurableFiles.deleteTree(tuf);
        Repositories.trust(tuf, other.firstRoot());
        assertThatThrownBy(() -> refresh(other)).hasMessageContaining("root went back");
        DurableFiles.deleteTree(seen);
        refresh(other);
        assertThat(seen.resolve("root.json")).hasBinaryContent(other.firstRoot());
    }

    @Test
    void recoveryFromVersionsThatAThiefHasCountedUpStillWorks() {
        repository.role("timestamp").put("version", Long.MAX_VALUE - 1);
        repository.publishTimestamp();
        refresh();
        repository.rotate("timestamp");
        rotateRoot();
        repository.role("timestamp").put("version", 3L);
        repository.publishTimestamp();
        refresh();
        assertThat(seen.resolve("timestamp.json"))
                .hasBinaryContent(repository.file("timestamp.json"));
    }

    @Test
    void theRecordRemembersTheTimeToo() throws IOException {
        now = now.plus(Duration.ofDays(40));
        repository.roles.values().forEach(role -> role.put("expires", "2027-01-10T09:00:00Z"));
        rotateRoot();
        repository.publish();
        refresh();
        DurableFiles.deleteTree(tuf);
        repository.role("timestamp").put("expires", "2026-12-20T09:00:00Z");
        repository.publishTimestamp();
        now = ReleaseRepositorySimulator.NOW; // the clock was set back as well
        assertThatThrownBy(this::refresh).hasMessageContaining("timestamp metadata expired");
    }

    private void rotateRoot() {
        SimulatedKey old = repository.key("root");
        repository.rotate("root");
        repository.publishRoot(old);
    }

    private void offerOldMetadata() {
        repository.files.clear();
        repository.files.putAll(oldFiles);
    }

    private void refusesRollback(String words) {
        assertThatThrownBy(this::refresh)
                .isInstanceOfSatisfying(
                        MetadataException.class,
                        e -> assertThat(e.kind()).isEqualTo("metadata-rollback"))
                .hasMessageContaining(words);
    }

    private void refresh() {
        refresh(repository);
    }

    private void refresh(ReleaseRepositorySimulator from) {
        TrustStore store = new TrustStore(tuf, Optional.of(seen));
        TrustStore.Opened trusted = store.open();
        TufClient client =
                new TufClient(
                        from,
                        1,
                        ReleaseRepositorySimulator.METADATA,
                        ReleaseRepositorySimulator.TARGETS,
                        trusted.metadata(),
                        ClientLimits.DEFAULT);
        new TufRepository(client, store, trusted, () -> now).refresh();
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        try (var files = Files.list(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, to.resolve(file.getFileName()));
            }
        }
    }
}
