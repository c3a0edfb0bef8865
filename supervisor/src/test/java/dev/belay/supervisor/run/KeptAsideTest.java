package dev.belay.supervisor.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.belay.packaging.durable.DiskAct;
import dev.belay.packaging.durable.FailingDisk;
import dev.belay.packaging.failure.RefusedException;
import dev.belay.supervisor.backup.Backup;
import dev.belay.supervisor.backup.BackupListener;
import dev.belay.supervisor.backup.BackupRepository;
import dev.belay.supervisor.deployment.Deployment;
import dev.belay.supervisor.offer.CheckResult;
import dev.belay.supervisor.offer.UpdateRequest;
import dev.belay.supervisor.service.ServiceStatus;
import dev.belay.supervisor.status.EventListener;
import dev.belay.supervisor.status.HistoryEntry;
import dev.belay.supervisor.status.RejectedRelease;
import dev.belay.supervisor.status.RunOutcome;
import dev.belay.supervisor.testing.ShopTest;
import dev.belay.versys.version.Version;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What a run takes out of use is a backup like any other: listed, verified, brought back by one
/// command, kept as long as supervisor.yaml says.
@Tag("slow")
class KeptAsideTest extends ShopTest {
    @BeforeEach
    void aHostThatWasUpdated() throws Exception {
        host.start();
        host.visit(2);
        vendor.release("2.0.0", "1.0.0", "ok");
        update();
        host.visit(3);
    }

    @Test
    void aRollbackIsUndoneByTheCommandThatItNamesAlsoAfterAnotherUpdate() throws Exception {
        Outcome back = host.updates().rollback(true, EventListener.NONE);
        assertThat(host.rows()).doesNotContain("5 somebody");
        Backup kept = kept();
        assertThat(back.message()).contains("supervisor backup restore " + kept.id() + " --yes");
        assertThat(kept.release()).isEqualTo("2.0.0");
        assertThat(kept.reason()).contains("rollback to 1.0.0");
        vendor.release("1.1.0", "1.0.0", "ok");
        assertThat(host.updates().update(UpdateRequest.to(Version.of("1.1.0")), EventListener.NONE))
                .isInstanceOf(Outcome.Updated.class);

        assertThat(repository().verify(kept.id(), BackupListener.NONE).problems()).isEmpty();
        assertThat(host.updates().restore(kept.id(), EventListener.NONE))
                .isInstanceOf(Outcome.Restored.class);

        assertThat(host.rows()).contains("migrated_to_2_0_0", "5 somebody");
        assertThat(host.get("/health")).contains("2.0.0");
    }

    @Test
    void aRestoreIsUndoneByTheCommandThatItNames() throws Exception {
        String backup = repository().list().getFirst().id();
        Outcome restored = host.updates().restore(backup, EventListener.NONE);
        assertThat(host.get("/health")).contains("1.0.0");
        assertThat(restored.message()).contains("supervisor backup restore " + kept().id());
        host.updates().restore(kept().id(), EventListener.NONE);
        assertThat(host.rows()).contains("5 somebody");
        assertThat(host.get("/health")).contains("2.0.0");
    }

    @Test
    void aProductThatWasStoppedOnPurposeIsStoppedAgain() throws Exception {
        host.stop();
        host.updates().rollback(true, EventListener.NONE);
        assertThat(host.updates().status().installed()).hasToString("1.0.0");
        assertThat(host.product().status())
                .isEqualTo(new ServiceStatus.Stopped(ServiceStatus.Cause.ON_PURPOSE, "stopped"));
        host.updates().restore(kept().id(), EventListener.NONE);
        assertThat(host.product().status().running()).isFalse();
    }

    @Test
    void whatIsOlderThanTheReleaseThatWasLeftIsNotOfferedInItsPlace() throws Exception {
        vendor.release("1.5.0", ">=1.0.0 <1.5.0", "ok");
        host.updates().rollback(true, EventListener.NONE);
        CheckResult check = host.updates().check();
        assertThat(check.available()).isEmpty();
        assertThat(check.message()).contains("1.5.0 is older than 2.0.0", "--to 1.5.0");
        assertThat(update()).isInstanceOf(Outcome.NoWay.class);
        assertThat(host.updates().update(UpdateRequest.to(Version.of("1.5.0")), EventListener.NONE))
                .isInstanceOf(Outcome.Updated.class);
    }

    @Test
    void aRestoredReleaseIsNotRejectedAndHistoryCallsNothingAnUpdateThatWasNone() throws Exception {
        host.updates().rollback(true, EventListener.NONE);
        assertThat(host.updates().status().rejected())
                .extracting(RejectedRelease::version)
                .containsExactly(Version.of("2.0.0"));
        host.updates().restore(kept().id(), EventListener.NONE);
        assertThat(host.updates().status().rejected()).isEmpty();
        assertThat(host.updates().history())
                .extracting(HistoryEntry::outcome)
                .containsExactly(RunOutcome.RESTORED, RunOutcome.WENT_BACK, RunOutcome.UPDATED);
        assertThat(host.updates().status().last().outcome()).isEqualTo(RunOutcome.RESTORED);
    }

    @Test
    void whatAFailedReleaseWroteIsKeptAndNamed() throws Exception {
        vendor.release("3.0.0", "2.0.0", "wrong-version");
        Outcome failed = update();
        assertThat(failed).isInstanceOf(Outcome.RolledBack.class);
        assertThat(failed.message()).contains("is kept as backup " + kept().id());
        assertThat(kept().release()).isEqualTo("3.0.0");
        assertThat(host.home().aside()).isDirectoryNotContaining("glob:**/failed");
    }

    @Test
    void aDiskThatFailsWhileItIsListedLosesNothing() throws Exception {
        Outcome back;
        try (FailingDisk _ =
                FailingDisk.at(act ->
                        act instanceof DiskAct.Rename(Path _, Path to)
                                && to.endsWith("before.entry/manifest.jsonl"))) {
            back = host.updates().rollback(true, EventListener.NONE);
        }
        assertThat(back).isInstanceOf(Outcome.WentBack.class);
        assertThat(back.message()).contains("is kept in .supervisor/aside/");
        vendor.release("1.1.0", "1.0.0", "ok");
        host.updates().update(UpdateRequest.to(Version.of("1.1.0")), EventListener.NONE);
        try (var files = Files.walk(host.home().aside())) {
            assertThat(files.filter(f -> f.endsWith("before.entry/files/data/data/shop.db")))
                    .hasSize(1);
        }
    }

    @Test
    void updatesThatFailAgainAndAgainKeepNoMoreThanTheLimits() throws Exception {
        vendor.release("3.0.0", "2.0.0", "bad-migration");
        String mine =
                host.parts(() -> false)
                        .backups()
                        .createWithProgram(Deployment.installed(host.home()), "on request", false)
                        .id();
        for (int i = 0; i < 5; i++) {
            host.updates()
                    .update(
                            new UpdateRequest(
                                    java.util.Optional.empty(),
                                    java.util.Set.of(Version.of("3.0.0"))),
                            EventListener.NONE);
        }
        assertThat(of(Backup.Kind.BEFORE_UPDATE)).hasSize(3);
        assertThat(of(Backup.Kind.SET_ASIDE)).hasSize(3);
        assertThat(of(Backup.Kind.ON_REQUEST)).extracting(Backup::id).containsExactly(mine);
        try (var left = Files.walk(host.home().aside())) {
            // what the way back to 1.0.0 needs
            assertThat(left.filter(f -> f.endsWith("data/shop.db"))).hasSize(1);
        }
    }

    @Test
    void aPersonPinsAndRemoves() throws Exception {
        String first = repository().list().getFirst().id();
        repository().pin(first, true);
        assertThat(repository().list().getFirst().pinned()).isTrue();
        assertThatThrownBy(() -> repository().remove(first))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("pinned");
        repository().pin(first, false);
        assertThatThrownBy(() -> repository().remove(first))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("only verified");
        host.updates().rollback(true, EventListener.NONE);
        repository().verify(kept().id(), BackupListener.NONE);
        repository().remove(first);
        assertThat(repository().list()).containsExactly(kept());
    }

    private Backup kept() throws IOException {
        return of(Backup.Kind.SET_ASIDE).getLast();
    }

    private List<Backup> of(Backup.Kind kind) throws IOException {
        return repository().list().stream().filter(b -> b.kind() == kind).toList();
    }

    private BackupRepository repository() {
        return host.parts(() -> false).backups().repository();
    }

    private Outcome update() {
        return host.updates().update(UpdateRequest.latest(), EventListener.NONE);
    }
}
