package dev.belay.supervisor.deployment;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/// Configuration files by their path relative to the release. Read-only; links are not followed.
public interface ConfigFiles {
    /// All paths, sorted.
    SortedSet<String> paths();

    /// The content of one; empty if it is not there.
    Optional<byte[]> read(String path);

    /// The files below a directory; none if it is not there.
    static ConfigFiles below(Path root) {
        return new Directory(root);
    }

    /// The live configuration as the admin sees it: a link that an editor replaced by a plain file
    /// counts as that file.
    static ConfigFiles live(Home home, Deployment current) {
        return new Live(new Directory(home.config()), current);
    }

    /// Files on a disk.
    record Directory(Path root) implements ConfigFiles {
        @Override
        public SortedSet<String> paths() {
            SortedSet<String> paths = new TreeSet<>();
            if (!Files.isDirectory(root, LinkOption.NOFOLLOW_LINKS)) {
                return paths;
            }
            try {
                Files.walkFileTree(
                        root,
                        new SimpleFileVisitor<>() {
                            @Override
                            public FileVisitResult visitFile(Path file, BasicFileAttributes facts) {
                                if (facts.isRegularFile()) {
                                    paths.add(root.relativize(file).toString());
                                }
                                return FileVisitResult.CONTINUE;
                            }
                        });
            } catch (IOException e) {
                throw new UncheckedIOException("cannot read " + root, e);
            }
            return paths;
        }

        @Override
        public Optional<byte[]> read(String path) {
            Path file = root.resolve(path);
            try {
                return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                        ? Optional.of(Files.readAllBytes(file))
                        : Optional.empty();
            } catch (IOException e) {
                throw new UncheckedIOException("cannot read " + file, e);
            }
        }
    }

    /// The home's config directory with replaced links taken into account.
    record Live(Directory config, Deployment current) implements ConfigFiles {
        @Override
        public SortedSet<String> paths() {
            return config.paths();
        }

        @Override
        public Optional<byte[]> read(String path) {
            return replaced(path)
                    ? new Directory(current.directory()).read(path)
                    : config.read(path);
        }

        private boolean replaced(String path) {
            return ReplacedLinks.of(current).contains(path);
        }
    }
}
