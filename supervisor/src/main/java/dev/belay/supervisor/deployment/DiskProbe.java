package dev.belay.supervisor.deployment;

import dev.belay.packaging.durable.DurableFiles;
import dev.belay.packaging.failure.BelayException;
import dev.belay.packaging.failure.IoFailures;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/// Whether the disk of a home still takes anything. A program that fails on a disk that does not
/// has failed for that reason.
public final class DiskProbe {
    private static final int BYTES = 64 * 1024;

    private DiskProbe() {}

    /// Writes a little file and removes it.
    ///
    /// @return what is wrong with the disk; empty if nothing is
    public static Optional<BelayException> problem(Home home) {
        Path file = home.own().resolve("probe");
        try {
            DurableFiles.write(file, new byte[BYTES], DurableFiles.PRIVATE);
            DurableFiles.delete(file);
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(IoFailures.of("The disk of the home takes nothing", e));
        }
    }
}
