package dev.belay.supervisor.transaction;

import dev.belay.packaging.durable.DurableFiles;
import dev.belay.supervisor.backup.BackupListener;
import dev.belay.supervisor.backup.BackupRepository;
import dev.belay.supervisor.deployment.Deployment;
import dev.belay.supervisor.deployment.Home;
import dev.belay.versys.release.Layout;
import dev.belay.versys.version.Version;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Puts a backup in the place of config and data. The copy is made and compared while the product
/// still runs; then it takes the place of the trees in use by rename, like in any hop.
final class RestoreWork implements Transaction.HopWork {
    private final Home home;
    private final Path next;
    private final Version release;
    private final BackupRepository repository;
    private final String id;
    private final RunEvents events;

    /// @param next where the copy is made
    /// @param release the release that the backup belongs to
    RestoreWork(
            Home home,
            Path next,
            Version release,
            BackupRepository repository,
            String id,
            RunEvents events) {
        this.home = home;
        this.release = release;
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
            bringProgram();
        } catch (IOException e) {
            throw new UncheckedIOException("the backup could not be restored", e);
        }
        return "backup " + id + " was copied and compared";
    }

    /// A release that is unpacked here is used as it is; one that is gone comes from the backup.
    private void bringProgram() throws IOException {
        Path program = next.resolve("program");
        if (!Files.isDirectory(program)) {
            return;
        }
        if (home.has(release)) {
            DurableFiles.deleteTree(program);
            return;
        }
        DurableFiles.move(program, home.release(release));
        Deployment brought = Deployment.open(home, release);
        for (Layout.DataPath scratch : brought.descriptor().layout().scratch()) {
            if (scratch.directory()) { // products expect these directories, however empty
                DurableFiles.createDirectories(
                        brought.directory().resolve(scratch.path()),
                        DurableFiles.READABLE_DIRECTORY);
            }
        }
    }
}
