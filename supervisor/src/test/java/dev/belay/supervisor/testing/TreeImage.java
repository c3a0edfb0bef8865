package dev.belay.supervisor.testing;

import dev.belay.packaging.digest.Digest;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/// A directory tree as a value: path to type, mode and content.
public final class TreeImage {
    private TreeImage() {}

    /// @param counts which paths (relative to the root) are compared
    public static SortedMap<String, String> of(Path root, Predicate<String> counts)
            throws IOException {
        SortedMap<String, String> image = new TreeMap<>();
        Files.walkFileTree(
                root,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult preVisitDirectory(Path dir, BasicFileAttributes facts)
                            throws IOException {
                        String path = root.relativize(dir).toString();
                        if (!path.isEmpty() && !counts.test(path)) {
                            return FileVisitResult.SKIP_SUBTREE;
                        }
                        image.put(path, "directory " + mode(dir));
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes facts)
                            throws IOException {
                        String path = root.relativize(file).toString();
                        if (counts.test(path)) {
                            image.put(
                                    path,
                                    facts.isSymbolicLink()
                                            ? "link to " + Files.readSymbolicLink(file)
                                            : mode(file)
                                                    + " "
                                                    + Digest.sha256(Files.readAllBytes(file)));
                        }
                        return FileVisitResult.CONTINUE;
                    }
                });
        return image;
    }

    private static String mode(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
