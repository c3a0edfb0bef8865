package dev.belay.supervisor.transaction;

import dev.belay.packaging.durable.DurableFiles;
import dev.belay.supervisor.backup.BackupListener;
import dev.belay.supervisor.backup.BackupRepository;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;

/// Puts a backup in the place of config and data. The copy is made and compared while the product
/// still runs; then it takes the place of the trees in use by rename, like in any hop.
final class RestoreWork implements Transaction.HopWork {
    private final Path next;
    private final BackupRepository repository;
    private final String id;
    private final RunEvents events;

    /// @param next where the copy is made
    RestoreWork(Path next, BackupRepository repository, String id, RunEvents events) {
        this.next = next;
        this.repository = repository;
        this.id = id;
        this.events = events;
    }

    @Override
    public List<Step> steps() {
        return List.of(Step.COPY, Step.STOP, Step.SET_ASIDE, Step.SWITCH, Step.START, Step.HEALTH);
    }

    @Override
    public String backUp() {
        return "";
    }

    @Override
    public String prove() {
        return "";
    }

    @Override
    public String copy() {
        BackupListener progress =
                (done, total) -> events.progress(Step.COPY.label(), Math.min(done, total), total);
        try {
            DurableFiles.deleteTree(next);
            DurableFiles.createDirectories(next, DurableFiles.PRIVATE_DIRECTORY);
            repository.restoreTo(id, next, progress);
        } catch (IOException e) {
            throw new UncheckedIOException("the backup could not be restored", e);
        }
        return "backup " + id + " was copied and compared";
    }
}
