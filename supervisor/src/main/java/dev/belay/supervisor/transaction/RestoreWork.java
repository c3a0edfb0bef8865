package dev.belay.supervisor.transaction;

import dev.belay.packaging.durable.DurableFiles;
import dev.belay.supervisor.backup.BackupListener;
import dev.belay.supervisor.deployment.Deployment;
import dev.belay.supervisor.deployment.Home;
import dev.belay.supervisor.status.Step;
import dev.belay.versys.release.Layout;
import dev.belay.versys.version.Version;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Puts a backup in the place of config and data. The copy is made and compared while the product
/// still runs; then it takes the place of the trees in use by rename, like in any hop.
final class RestoreWork implements HopWork {
    private final Run run;
    private final HopPlan.Restore plan;

    RestoreWork(Run run, HopPlan.Restore plan) {
        this.run = run;
        this.plan = plan;
    }

    @Override
    public String copy() {
        Path next = run.home().root().resolve(plan.intent().next());
        BackupListener progress =
                (done, total) -> run.events().progress(Step.COPY, Math.min(done, total), total);
        try {
            DurableFiles.deleteTree(next);
            DurableFiles.createDirectories(next, DurableFiles.PRIVATE_DIRECTORY);
            run.backups().repository().restoreTo(plan.backup(), next, progress);
            bringProgram(next.resolve("program"));
        } catch (IOException e) {
            throw new UncheckedIOException("the backup could not be restored", e);
        }
        return "backup " + plan.backup() + " was copied and compared";
    }

    /// A release that is unpacked here is used as it is; one that is gone comes from the backup.
    private void bringProgram(Path program) throws IOException {
        Home home = run.home();
        Version release = plan.intent().to();
        if (!Files.isDirectory(program)) {
            return;
        }
        if (home.has(release)) {
            DurableFiles.deleteTree(program);
            return;
        }
        Deployment brought = Deployment.open(release, program);
        for (Layout.DataPath scratch : brought.descriptor().layout().scratch()) {
            if (scratch.directory()) { // products expect these directories, however empty
                DurableFiles.createDirectories(
                        program.resolve(scratch.path()), DurableFiles.READABLE_DIRECTORY);
            }
        }
        DurableFiles.move(program, home.release(release)); // whole from here on
    }
}
