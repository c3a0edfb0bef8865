package dev.belay.supervisor.deployment;

import dev.belay.supervisor.merge.ConfigFiles;
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

/// Configuration files on a disk. Links are not followed.
///
/// @param root the directory; no files if it is not there
public record ConfigDirectory(Path root) implements ConfigFiles {
    /// The live configuration as the admin sees it: a link that an editor replaced by a plain file
    /// counts as that file.
    public static ConfigFiles live(Home home, Deployment current) {
        return new Live(new ConfigDirectory(home.config()), current);
    }

    /// What a release shipped.
    public static ConfigFiles shipped(Deployment release) {
        return new ConfigDirectory(release.defaults());
    }

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

    /// The home's config directory with replaced links taken into account.
    private record Live(ConfigDirectory config, Deployment current) implements ConfigFiles {
        @Override
        public SortedSet<String> paths() {
            return config.paths();
        }

        @Override
        public Optional<byte[]> read(String path) {
            return replaced(path)
                    ? new ConfigDirectory(current.directory()).read(path)
                    : config.read(path);
        }

        private boolean replaced(String path) {
            return ReplacedLinks.of(current).contains(path);
        }
    }
}
