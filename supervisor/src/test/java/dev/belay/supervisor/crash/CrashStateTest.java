package dev.belay.supervisor.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Every state in which a crash may leave a home, and every way in which a disk may fail under a
/// run, in one process: the home ends on one version, with nothing lost, whatever command comes
/// next. `-Dbelay.states=20000` and `-Dbelay.faults=10000` say how many; see [Sweeps].
@Tag("slow")
class CrashStateTest {
    @TempDir Path temporary;

    @Test
    void everyCrashStateEndsOnOneVersionWithNothingLost() throws Exception {
        assertThat(
                        Sweeps.run(
                                "crash states",
                                CrashSweep::new,
                                Integer.getInteger("belay.states", 640),
                                temporary))
                .isEmpty();
    }

    @Test
    void aDiskThatFailsAnywhereCostsNothingAndBlamesNobody() throws Exception {
        assertThat(
                        Sweeps.run(
                                "disk faults",
                                FaultSweep::new,
                                Integer.getInteger("belay.faults", 400),
                                temporary))
                .isEmpty();
    }
}
