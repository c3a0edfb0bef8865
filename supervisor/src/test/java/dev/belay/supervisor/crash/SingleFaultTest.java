package dev.belay.supervisor.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.belay.packaging.durable.DiskAct;
import dev.belay.packaging.durable.FailingDisk;
import dev.belay.packaging.failure.RefusedException;
import dev.belay.supervisor.run.Outcome;
import dev.belay.supervisor.status.EventListener;
import dev.belay.supervisor.status.HostStatus;
import dev.belay.supervisor.testing.ShopHost;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// One act fails, and the disk is sound again: what the sweeps have found, one by one.
class SingleFaultTest {
    @TempDir Path directory;

    @Test
    void aReleaseThatWasBroughtBackByARestoreIsWhole() throws Exception {
        ShopHost host = CrashRun.RESTORE_WITH_PROGRAM.host(directory, new SimulatedShop());
        try (FailingDisk _ =
                FailingDisk.once(act ->
                        act instanceof DiskAct.CreateDirectory(Path made)
                                && (made.endsWith("1.0.0/work")
                                        || made.endsWith("program/work")))) {
            assertThat(CrashRun.RESTORE_WITH_PROGRAM.run(host))
                    .isInstanceOf(Outcome.RolledBack.class);
        }
        assertThat(CrashRun.RESTORE_WITH_PROGRAM.run(host)).isInstanceOf(Outcome.Restored.class);
        assertThat(host.home().releases().resolve("1.0.0/work")).isDirectory();
    }

    @Test
    void aRejectionThatCouldNotBeWrittenIsMadeUpForByTheNextCommand() throws Exception {
        ShopHost host = CrashRun.UPDATE_THAT_FAILS.host(directory, new SimulatedShop());
        try (FailingDisk _ =
                FailingDisk.once(act ->
                        act instanceof DiskAct.Rename(Path _, Path to)
                                && to.equals(host.home().rejected()))) {
            assertThat(CrashRun.UPDATE_THAT_FAILS.run(host)).isInstanceOf(Outcome.RolledBack.class);
        }
        assertThat(host.updates().recover(EventListener.NONE))
                .get()
                .isInstanceOf(Outcome.RolledBack.class);
        HostStatus status = host.updates().status();
        assertThat(status.rejected())
                .singleElement()
                .satisfies(release -> assertThat(release.version()).hasToString("2.0.0"));
        assertThat(status.state()).isEqualTo(HostStatus.State.IDLE);
    }

    @Test
    void whatWasThrownAwayInPartIsNoWayBack() throws Exception {
        ShopHost host = CrashRun.SECOND_UPDATE.host(directory, new SimulatedShop());
        try (FailingDisk _ =
                FailingDisk.at(act ->
                        act instanceof DiskAct.Remove && act.path().endsWith("data/data/format"))) {
            assertThat(CrashRun.SECOND_UPDATE.run(host)).isInstanceOf(Outcome.Updated.class);
        }
        assertThat(host.updates().rollback(true, EventListener.NONE))
                .isInstanceOf(Outcome.WentBack.class);
        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> host.updates().rollback(true, EventListener.NONE))
                .withMessageContaining("No earlier release");
    }
}
