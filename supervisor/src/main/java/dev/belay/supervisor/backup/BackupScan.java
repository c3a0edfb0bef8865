package dev.belay.supervisor.backup;

import dev.belay.supervisor.database.DatabaseEngine;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Set;

/// Adds up what a backup will take.
final class BackupScan extends SimpleFileVisitor<Path> {
    private final Set<Path> leftOut;
    private long files;
    private long bytes;

    private BackupScan(Set<Path> leftOut) {
        this.leftOut = leftOut;
    }

    static BackupForecast scan(BackupRequest request, long freeBytes) throws IOException {
        BackupScan scan = new BackupScan(LeftOut.of(request));
        for (BackupRequest.Source source : request.sources()) {
            Files.walkFileTree(source.path().toRealPath(), scan);
        }
        for (DatabaseEngine database : LeftOut.present(request)) {
            scan.bytes += database.forecastBytes();
        }
        return new BackupForecast(scan.files, scan.bytes, freeBytes);
    }

    @Override
    public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
        if (leftOut.contains(directory)) {
            return FileVisitResult.SKIP_SUBTREE;
        }
        files++;
        return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
        if (!leftOut.contains(file)) {
            files++;
            bytes += attributes.isRegularFile() ? attributes.size() : 0;
        }
        return FileVisitResult.CONTINUE;
    }
}
