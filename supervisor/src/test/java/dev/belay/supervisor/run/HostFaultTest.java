package dev.belay.supervisor.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.belay.packaging.durable.DiskAct;
import dev.belay.packaging.durable.FailingDisk;
import dev.belay.packaging.failure.ExitCode;
import dev.belay.supervisor.offer.UpdateRequest;
import dev.belay.supervisor.status.Event;
import dev.belay.supervisor.status.EventListener;
import dev.belay.supervisor.status.HostStatus;
import dev.belay.supervisor.status.Step;
import dev.belay.supervisor.testing.Killed;
import dev.belay.supervisor.testing.ShopTest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What a failing or full disk does to a run: the outcome is what happened to the host, and the
/// release is not to blame.
@Tag("slow")
class HostFaultTest extends ShopTest {
    @BeforeEach
    void aHostWithVisitors() throws Exception {
        host.start();
        host.visit(2);
    }

    @Test
    void whatAMigrationWroteIsForcedBeforeTheReleaseStarts() throws Exception {
        vendor.release("2.0.0", "1.0.0", "ok");
        List<DiskAct> acts;
        try (FailingDisk disk = FailingDisk.never()) {
            assertThat(update()).isInstanceOf(Outcome.Updated.class);
            acts = disk.acts();
        }
        DiskAct forced = new DiskAct.Force(host.home().data().resolve("data/format"));
        assertThat(acts).contains(forced);
        assertThat(acts.indexOf(forced)).isLessThan(journalled(acts, "\"step\":\"start\""));
        assertThat(journalled(acts, "\"committed\"")).isPositive();
    }

    private static int journalled(List<DiskAct> acts, String text) {
        for (int i = 0; i < acts.size(); i++) {
            if (acts.get(i) instanceof DiskAct.Write write
                    && StandardCharsets.UTF_8
                            .decode(write.bytes().duplicate())
                            .toString()
                            .contains(text)) {
                return i;
            }
        }
        return -1;
    }

    @Test
    void whatCannotBeWrittenDownAfterACommitChangesNoOutcome() throws Exception {
        vendor.release("2.0.0", "1.0.0", "ok");
        try (FailingDisk _ = FailingDisk.at(this::bookkeeping)) {
            assertThat(update().exitCode()).isEqualTo(ExitCode.DONE);
        }
        assertThat(host.get("/health")).contains("2.0.0");
    }

    @Test
    void whatCannotBeWrittenDownAfterAFailedRollbackChangesNoOutcome() throws Exception {
        vendor.release("2.0.0", "1.0.0", "crash");
        Files.writeString(host.home().current().toRealPath().resolve("lib/behaviour"), "crash\n");
        try (FailingDisk _ = FailingDisk.at(this::bookkeeping)) {
            assertThat(update().exitCode()).isEqualTo(ExitCode.NOT_ROLLED_BACK);
        }
    }

    private boolean bookkeeping(DiskAct act) {
        return act.path().startsWith(host.home().outbox())
                || (act instanceof DiskAct.Rename(Path _, Path to)
                        && (to.equals(host.home().status()) || to.equals(host.home().rejected())));
    }

    @Test
    void aFullDiskKeepsNobodyFromGoingBack() throws Exception {
        vendor.release("2.0.0", "1.0.0", "ok");
        update();
        try (FailingDisk _ = FailingDisk.at(this::full)) {
            assertThat(host.updates().rollback(true, EventListener.NONE))
                    .isInstanceOf(Outcome.WentBack.class);
        }
        assertThat(host.get("/health")).contains("1.0.0");
    }

    @Test
    void anUpdateThatFillsTheDiskIsPutBackAndBlamesNobody() throws Exception {
        vendor.release("2.0.0", "1.0.0", "bad-migration");
        AtomicBoolean filled = new AtomicBoolean();
        Outcome outcome;
        try (FailingDisk _ = FailingDisk.at(act -> filled.get() && full(act))) {
            outcome =
                    host.updates()
                            .update(
                                    UpdateRequest.latest(),
                                    event -> {
                                        if (event instanceof Event.StepBegun begun
                                                && begun.step() == Step.MIGRATE) {
                                            filled.set(true);
                                        }
                                    });
        }
        assertThat(outcome).isInstanceOf(Outcome.RolledBack.class);
        assertThat(host.updates().status().rejected()).isEmpty();
        assertThat(host.get("/health")).contains("1.0.0");
    }

    @Test
    void aRunThatWasInterruptedOnAFullDiskIsPutBack() throws Exception {
        vendor.release("2.0.0", "1.0.0", "crash");
        Path behaviour = host.home().current().toRealPath().resolve("lib/behaviour");
        Files.writeString(behaviour, "crash\n");
        assertThat(update()).isInstanceOf(Outcome.NotRolledBack.class);
        Files.writeString(behaviour, "ok\n");
        Files.write(host.home().reserve(), new byte[1 << 20]);
        try (FailingDisk _ = FailingDisk.at(this::full)) {
            assertThat(host.updates().rollback(false, EventListener.NONE))
                    .isInstanceOf(Outcome.WentBack.class);
        }
        assertThat(host.updates().status().state()).isEqualTo(HostStatus.State.IDLE);
        assertThat(host.get("/health")).contains("1.0.0");
    }

    @Test
    void aRollbackThatCouldNotBeWrittenDownIsNotTakenForARunningRelease() throws Exception {
        vendor.release("2.0.0", "1.0.0", "crash");
        List<String> rows = host.rows();
        Path journals = host.home().journal();
        AtomicBoolean dead = new AtomicBoolean();
        try (FailingDisk _ =
                FailingDisk.at(act -> {
                    if (act instanceof DiskAct.Rename(Path _, Path to)
                            && to.equals(host.home().config())
                            && dead.get()) {
                        throw new Killed(); // `current` is back, config and data are not
                    }
                    return dead.get() && act.path().startsWith(journals);
                })) {
            assertThatThrownBy(() ->
                            host.updates()
                                    .update(
                                            UpdateRequest.latest(),
                                            event -> {
                                                if (event instanceof Event.Failed) {
                                                    dead.set(true);
                                                }
                                            }))
                    .isInstanceOf(Killed.class);
        }
        assertThat(host.updates().recover(EventListener.NONE))
                .get()
                .isInstanceOf(Outcome.RolledBack.class);
        assertThat(host.get("/health")).contains("1.0.0");
        assertThat(host.rows()).isEqualTo(rows);
    }

    @Test
    void aReturnThatCannotBeAnnouncedLeavesTheLastGoodReleaseRunning() throws Exception {
        vendor.release("2.0.0", "1.0.0", "ok");
        vendor.release("3.0.0", "2.0.0", "crash");
        Files.writeString(
                host.home().settings(),
                Files.readString(host.home().settings()) + "on-failure: return\n");
        Path journals = host.home().journal();
        AtomicBoolean dead = new AtomicBoolean();
        Outcome outcome;
        try (FailingDisk _ = FailingDisk.at(act -> dead.get() && act.path().startsWith(journals))) {
            outcome =
                    host.updates()
                            .update(
                                    UpdateRequest.latest(),
                                    event -> {
                                        if (event instanceof Event.Failed) {
                                            dead.set(true);
                                        }
                                    });
        }
        assertThat(outcome).isInstanceOf(Outcome.RolledBack.class);
        assertThat(outcome.message()).contains("It did not return to 1.0.0");
        assertThat(host.get("/health")).contains("2.0.0");
        host.updates().recover(EventListener.NONE);
        assertThat(host.updates().status().state()).isEqualTo(HostStatus.State.IDLE);
        assertThat(host.product().status().running()).isTrue();
    }

    /// A disk with no room but what the reserve holds, and never for as much as a reserve.
    private boolean full(DiskAct act) {
        return switch (act) {
            case DiskAct.Write(Path _, long _, var bytes) ->
                    Files.exists(host.home().reserve()) || bytes.remaining() > 1 << 19;
            case DiskAct.CreateFile _, DiskAct.CreateDirectory _, DiskAct.CreateLink _ ->
                    Files.exists(host.home().reserve());
            default -> false;
        };
    }

    @Test
    void aDiskThatFailsInTheReleasesStepsIsNotTheReleasesFault() throws Exception {
        vendor.release("2.0.0", "1.0.0", "bad-migration");
        Outcome outcome;
        try (FailingDisk _ =
                FailingDisk.at(act ->
                        act instanceof DiskAct.Rename(Path _, Path to)
                                && to.endsWith(".supervisor/probe"))) {
            outcome = update();
        }
        assertThat(outcome.kind()).isEqualTo("disk-error");
        assertThat(outcome.message()).contains("migrate hook", "Input/output error");
        assertThat(host.updates().status().rejected()).isEmpty();
        assertThat(host.get("/health")).contains("1.0.0");
    }

    private Outcome update() {
        return host.updates().update(UpdateRequest.latest(), EventListener.NONE);
    }
}
