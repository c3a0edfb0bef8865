package dev.belay.supervisor.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.packaging.durable.DiskAct;
import dev.belay.packaging.durable.FailingDisk;
import dev.belay.supervisor.status.RunOutcome;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalFileTest {
    @TempDir Path directory;

    /// Its supervisor may have died between the write and the force; if the power went later, the
    /// earlier run would be open again behind a later one.
    @Test
    void whatTheLastRunWroteIsOnTheDiskBeforeTheNextOneBegins() {
        try (JournalFile last = JournalFile.open(directory, "1")) {
            last.append(new JournalRecord.RunEnded(Instant.EPOCH, RunOutcome.UPDATED));
        }
        try (FailingDisk disk = FailingDisk.never();
                JournalFile _ = JournalFile.open(directory, "2")) {
            assertThat(disk.acts()).startsWith(new DiskAct.Force(directory.resolve("1.log")));
        }
    }
}
