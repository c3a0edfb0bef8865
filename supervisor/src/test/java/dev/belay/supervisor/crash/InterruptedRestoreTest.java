package dev.belay.supervisor.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.packaging.durable.DiskAct;
import dev.belay.packaging.durable.FailingDisk;
import dev.belay.supervisor.run.Outcome;
import dev.belay.supervisor.testing.ShopHost;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A restore that brings the program back, and does not come to its end.
class InterruptedRestoreTest {
    @TempDir Path directory;

    @Test
    void aReleaseThatIsThereIsWhole() throws Exception {
        ShopHost host = CrashRun.RESTORE_WITH_PROGRAM.host(directory, new SimulatedShop());
        try (FailingDisk _ =
                FailingDisk.once(act ->
                        act instanceof DiskAct.CreateDirectory(Path made)
                                && (made.endsWith("1.0.0/work")
                                        || made.endsWith("program/work")))) {
            assertThat(CrashRun.RESTORE_WITH_PROGRAM.run(host))
                    .isInstanceOf(Outcome.RolledBack.class);
        }
        assertThat(CrashRun.RESTORE_WITH_PROGRAM.run(host)).isInstanceOf(Outcome.Updated.class);
        assertThat(host.home().releases().resolve("1.0.0/work")).isDirectory();
    }
}
