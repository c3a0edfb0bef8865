package dev.belay.supervisor.backup;

import dev.belay.packaging.durable.CopiedEntry;
import dev.belay.packaging.durable.CopyFilter;
import dev.belay.packaging.durable.CopyVisitor;
import dev.belay.packaging.durable.DurableFiles;
import dev.belay.packaging.failure.RefusedException;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// Copies one backup to another place and compares it there.
final class BackupRestore {
    private final BackupDirectory directory;
    private final long totalBytes;
    private final BackupListener listener;
    private final Set<String> sources = new LinkedHashSet<>();
    private final List<ManifestLine.Database> databases = new ArrayList<>();
    private long doneBytes;

    BackupRestore(BackupDirectory directory, long totalBytes, BackupListener listener)
            throws IOException {
        this.directory = directory;
        this.totalBytes = totalBytes;
        this.listener = listener;
        ManifestFile.read(
                directory.manifest(),
                line -> {
                    if (line instanceof ManifestLine.Entry entry) {
                        sources.add(entry.source());
                    } else if (line instanceof ManifestLine.Database database) {
                        databases.add(database);
                    }
                });
    }

    Set<String> sources() {
        return Collections.unmodifiableSet(sources);
    }

    /// Copies every source to `root/<source>` and compares. What was copied is removed if anything
    /// differs.
    void restoreTo(Path root) throws IOException {
        try {
            DurableFiles.createDirectories(root, DurableFiles.PRIVATE_DIRECTORY);
            for (String source : sources) {
                copy(directory.files(source), root.resolve(source));
            }
            for (ManifestLine.Database database : databases) {
                Path place = place(root, database);
                Path around = DurableFiles.parentOf(place);
                FileTime time = Files.getLastModifiedTime(around);
                copy(directory.databases().resolve(database.file()), place);
                giveBack(place, database);
                Files.setLastModifiedTime(around, time);
            }
            compare(root);
        } catch (IOException | RuntimeException failure) {
            discard(root, failure);
            throw failure;
        }
    }

    private static Path place(Path root, ManifestLine.Database database) {
        return root.resolve(database.source().orElse("databases"))
                .resolve(database.path().orElse(database.name()));
    }

    private void copy(Path from, Path to) throws IOException {
        DurableFiles.createDirectories(DurableFiles.parentOf(to), DurableFiles.PRIVATE_DIRECTORY);
        DurableFiles.copyTree(
                from,
                to,
                CopyFilter.ALL,
                new CopyVisitor() {
                    @Override
                    public void copied(CopiedEntry entry) {}

                    @Override
                    public void progress(long bytes) {
                        doneBytes += bytes;
                        listener.progress(doneBytes, totalBytes);
                    }
                });
    }

    private static void giveBack(Path file, ManifestLine.Database database) throws IOException {
        Files.setAttribute(file, "unix:mode", database.mode(), LinkOption.NOFOLLOW_LINKS);
        try {
            if (database.uid() >= 0) {
                Files.setAttribute(file, "unix:gid", database.gid(), LinkOption.NOFOLLOW_LINKS);
                Files.setAttribute(file, "unix:uid", database.uid(), LinkOption.NOFOLLOW_LINKS);
            }
        } catch (FileSystemException notPermitted) {
            // an ordinary user gets back files of its own, as with the copies
        }
        DurableFiles.syncFile(file);
    }

    private void compare(Path root) throws IOException {
        BackupVerification verification =
                new BackupVerification(
                        root::resolve,
                        database -> place(root, database),
                        totalBytes,
                        BackupListener.NONE);
        ManifestFile.read(directory.manifest(), verification);
        List<String> problems = verification.problems();
        if (!problems.isEmpty()) {
            throw new RefusedException(
                    "backup-damaged",
                    "The backup "
                            + directory.id()
                            + " was not restored, and everything was left as it was: "
                            + problems.getFirst()
                            + ".",
                    "Choose another backup with: supervisor backup list.");
        }
    }

    private static void discard(Path root, Exception failure) {
        try {
            DurableFiles.deleteTree(root);
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
    }
}
