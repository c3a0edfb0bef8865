package dev.belay.supervisor.deployment;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// How big trees are, and what changed in them.
///
/// @param bytes in regular files
/// @param files entries of all kinds
public record TreeSize(long bytes, long files) {
    /// Nothing.
    public static final TreeSize NONE = new TreeSize(0, 0);

    /// Measures a tree; one that is not there is empty. Links are not followed. What vanishes
    /// meanwhile does not count.
    public static TreeSize of(Path root) {
        long[] sums = new long[2];
        walk(
                root,
                (_, facts) -> {
                    sums[0] += facts.isRegularFile() ? facts.size() : 0;
                    sums[1]++;
                });
        return new TreeSize(sums[0], sums[1]);
    }

    /// What the product of a home has: its config and its data.
    public static TreeSize live(Home home) {
        return of(home.config()).plus(of(home.data()));
    }

    /// Files that were written after a moment, relative to the root.
    public static List<String> writtenAfter(Path root, Instant moment) {
        List<String> written = new ArrayList<>();
        walk(
                root,
                (file, facts) -> {
                    if (facts.isRegularFile()
                            && facts.lastModifiedTime().toInstant().isAfter(moment)) {
                        written.add(root.relativize(file).toString());
                    }
                });
        return written;
    }

    /// Both together.
    public TreeSize plus(TreeSize other) {
        return new TreeSize(bytes + other.bytes, files + other.files);
    }

    private interface Look {
        void at(Path file, BasicFileAttributes facts);
    }

    private static void walk(Path root, Look look) {
        if (!Files.exists(root, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try {
            Files.walkFileTree(
                    root,
                    new SimpleFileVisitor<>() {
                        @Override
                        public FileVisitResult preVisitDirectory(
                                Path directory, BasicFileAttributes facts) {
                            look.at(directory, facts);
                            return FileVisitResult.CONTINUE;
                        }

                        @Override
                        public FileVisitResult visitFile(Path file, BasicFileAttributes facts) {
                            look.at(file, facts);
                            return FileVisitResult.CONTINUE;
                        }

                        @Override
                        public FileVisitResult visitFileFailed(Path file, IOException failure) {
                            return FileVisitResult.CONTINUE;
                        }
                    });
        } catch (IOException e) {
            throw new UncheckedIOException("cannot measure " + root, e);
        }
    }
}
