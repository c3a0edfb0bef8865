package dev.belay.supervisor.deployment;

import dev.belay.packaging.durable.DurableFiles;
import dev.belay.supervisor.json.Json;
import dev.belay.supervisor.json.RecordReader;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/// Where a release that is not in use yet has got local changes of the one before, kept beside it:
/// an update that is tried again takes those away that the admin has taken back meanwhile.
///
/// @param paths relative to the release
record AppliedOverlay(List<String> paths) {
    AppliedOverlay {
        paths = List.copyOf(paths);
    }

    static AppliedOverlay read(Deployment release) throws IOException {
        try {
            return RecordReader.file(
                    file(release),
                    AppliedOverlay.class,
                    "Remove it; look with supervisor verify for local changes that are not wanted.");
        } catch (NoSuchFileException e) {
            return new AppliedOverlay(List.of());
        }
    }

    void write(Deployment release) throws IOException {
        DurableFiles.write(file(release), Json.bytes(this), DurableFiles.READABLE);
    }

    /// Removes what a writer of this left that was killed.
    static void tidyUp(Deployment release) throws IOException {
        DurableFiles.removeUnfinished(DurableFiles.parentOf(file(release)));
    }

    private static Path file(Deployment release) {
        return release.directory().resolve(".release/overlay.json");
    }
}
