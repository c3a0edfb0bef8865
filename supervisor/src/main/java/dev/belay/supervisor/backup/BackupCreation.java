package dev.belay.supervisor.backup;

import dev.belay.packaging.digest.Digest;
import dev.belay.packaging.digest.Digests;
import dev.belay.packaging.durable.CopiedEntry;
import dev.belay.packaging.durable.CopyVisitor;
import dev.belay.packaging.durable.DurableFiles;
import dev.belay.packaging.failure.BelayException;
import dev.belay.supervisor.database.DatabaseContent;
import dev.belay.supervisor.database.DatabaseEngine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Makes one backup. The manifest is written while the files are copied and gets its name last.
final class BackupCreation {
    private final BackupDirectory directory;
    private final String id;
    private final BackupRequest request;
    private final Instant at;
    private final BackupForecast forecast;
    private final BackupListener listener;
    private final Set<Path> leftOut;
    private long doneBytes;
    private long files;
    private long bytes;
    private long changing;

    /// @param id what it is going to be called; the directory may have another name until then
    BackupCreation(
            BackupDirectory directory,
            String id,
            BackupRequest request,
            Instant at,
            BackupForecast forecast,
            BackupListener listener)
            throws IOException {
        this.directory = directory;
        this.id = id;
        this.request = request;
        this.at = at;
        this.forecast = forecast;
        this.listener = listener;
        this.leftOut = LeftOut.of(request);
    }

    void run() throws IOException {
        DurableFiles.createDirectories(directory.path(), DurableFiles.PRIVATE_DIRECTORY);
        DurableFiles.createDirectories(
                directory.path().resolve("files"), DurableFiles.PRIVATE_DIRECTORY);
        DurableFiles.createDirectories(directory.databases(), DurableFiles.PRIVATE_DIRECTORY);
        writeManifest((source, visitor) -> {
            Path root = source.path().toRealPath();
            DurableFiles.copyTree(
                    root,
                    directory.files(source.name()),
                    relative -> !leftOut.contains(root.resolve(relative)),
                    visitor);
        });
    }

    /// For sources that lie in the backup already.
    void describe() throws IOException {
        writeManifest((source, visitor) -> DurableFiles.describeTree(source.path(), visitor));
    }

    private interface Taking {
        void take(BackupRequest.Source source, CopyVisitor visitor) throws IOException;
    }

    private void writeManifest(Taking taking) throws IOException {
        directory.rememberKind(request.kind());
        DurableFiles.write(
                directory.manifest(),
                DurableFiles.PRIVATE,
                sink -> takeAll(new ManifestFile.Writer(sink), taking));
    }

    private void takeAll(ManifestFile.Writer manifest, Taking taking) throws IOException {
        manifest.write(
                new ManifestLine.Header(
                        ManifestLine.FORMAT,
                        id,
                        at,
                        request.release(),
                        request.reason(),
                        request.quiet()));
        List<String> databases = new ArrayList<>();
        for (DatabaseEngine database : LeftOut.present(request)) {
            manifest.write(backUp(database));
            databases.add(database.name());
        }
        for (BackupRequest.Source source : request.sources()) {
            taking.take(source, visitor(source, manifest));
        }
        manifest.write(new ManifestLine.Totals(files, bytes, databases, changing));
        manifest.end();
    }

    private CopyVisitor visitor(BackupRequest.Source source, ManifestFile.Writer manifest) {
        return new CopyVisitor() {
            @Override
            public void copied(CopiedEntry entry) throws IOException {
                manifest.write(line(source.name(), entry));
            }

            @Override
            public boolean wantsDigests() {
                return true;
            }

            @Override
            public void progress(long count) {
                advance(count);
            }
        };
    }

    private ManifestLine.Entry line(String source, CopiedEntry entry) {
        files++;
        bytes += entry.size();
        changing += entry.stable() ? 0 : 1;
        return new ManifestLine.Entry(
                source,
                entry.relative().toString(),
                entry.type(),
                entry.mode(),
                entry.uid(),
                entry.gid(),
                entry.modified(),
                entry.size(),
                entry.digest().map(Digest::hex),
                entry.link(),
                entry.stable());
    }

    private ManifestLine.Database backUp(DatabaseEngine database) throws IOException {
        Path target = directory.databases().resolve(database.name());
        database.backUp(target);
        DatabaseContent content = database.prove(target);
        if (request.quiet() && !content.equals(database.content())) {
            throw new BelayException(
                    "backup-differs",
                    "The backup of the database "
                            + database.name()
                            + " does not hold the same rows as the database;"
                            + " the backup was not completed.",
                    "Make sure that nothing else writes to the database, then try again.");
        }
        long size = Files.size(target);
        bytes += size;
        advance(size);
        Optional<LeftOut.Place> place = LeftOut.place(database, request);
        Optional<OwnFile> own = OwnFile.of(database);
        return new ManifestLine.Database(
                database.name(),
                database.engine(),
                target.getFileName().toString(),
                place.map(LeftOut.Place::source),
                place.map(LeftOut.Place::path),
                own.map(OwnFile::mode).orElse(0600),
                own.map(OwnFile::uid).orElse(-1),
                own.map(OwnFile::gid).orElse(-1),
                size,
                Digests.ofFile(target).hex(),
                content);
    }

    private void advance(long count) {
        doneBytes += count;
        listener.progress(doneBytes, forecast.bytes());
    }

    /// Mode and owner that a restored database file gets again.
    private record OwnFile(int mode, int uid, int gid) {
        static Optional<OwnFile> of(DatabaseEngine database) throws IOException {
            if (database.ownFiles().isEmpty()) {
                return Optional.empty();
            }
            Path file = database.ownFiles().getFirst();
            return Optional.of(
                    new OwnFile(
                            attribute(file, "unix:mode") & 0777,
                            attribute(file, "unix:uid"),
                            attribute(file, "unix:gid")));
        }

        private static int attribute(Path file, String name) throws IOException {
            return (Integer) Files.getAttribute(file, name, LinkOption.NOFOLLOW_LINKS);
        }
    }
}
