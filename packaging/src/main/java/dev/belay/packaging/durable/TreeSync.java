package dev.belay.packaging.durable;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/// Forces everything below a directory, contents before the names that lead to them.
final class TreeSync extends SimpleFileVisitor<Path> {
    private final boolean contents;

    private TreeSync(boolean contents) {
        this.contents = contents;
    }

    static void sync(Path root, boolean contents) throws IOException {
        Files.walkFileTree(root, new TreeSync(contents));
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
        if (contents && attributes.isRegularFile()) {
            DurableFiles.syncFile(file);
        }
        return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure)
            throws IOException {
        if (failure != null) {
            throw failure;
        }
        DurableFiles.syncDirectory(directory);
        return FileVisitResult.CONTINUE;
    }
}
