package dev.belay.packaging.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.packaging.durable.DurableFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/// An empty directory to unpack to, with a neighbour that nothing may touch.
final class Quarantine implements AutoCloseable {
    private static final Set<String> MODES = Set.of("rwxr-xr-x", "rw-r--r--");

    private final Path top;
    final Path tree;
    final Path archive;

    Quarantine(byte[] archiveBytes) throws IOException {
        top = Files.createTempDirectory("belay-fuzz");
        tree = Files.createDirectory(top.resolve("tree"));
        archive = Files.write(top.resolve("archive"), archiveBytes);
        Files.writeString(top.resolve("neighbour"), "untouched");
    }

    /// Whatever the archive said, there is nothing new beside the tree.
    void assertNothingOutside(boolean accepted) throws IOException {
        Set<String> beside = new TreeSet<>();
        try (Stream<Path> files = Files.list(top)) {
            files.forEach(file -> beside.add(file.getFileName().toString()));
        }
        assertThat(beside)
                .isEqualTo(
                        accepted
                                ? Set.of("archive", "neighbour", "tree")
                                : Set.of("archive", "neighbour"));
        assertThat(top.resolve("neighbour")).hasContent("untouched");
    }

    /// What was unpacked, by path: the size of a file, the target of a link, empty for a directory.
    /// Checks on the way what holds for everything: plain modes, and no way out of the tree.
    TreeMap<String, String> unpacked() throws IOException {
        TreeMap<String, String> found = new TreeMap<>();
        try (Stream<Path> walk = Files.walk(tree)) {
            for (Path path : walk.filter(path -> !path.equals(tree)).toList()) {
                found.put(tree.relativize(path).toString(), describe(path));
            }
        }
        return found;
    }

    private String describe(Path path) throws IOException {
        if (Files.isSymbolicLink(path)) {
            Path target = Files.readSymbolicLink(path);
            assertThat(path.resolveSibling(target).normalize()).startsWithRaw(tree);
            if (Files.exists(path)) {
                assertThat(path.toRealPath()).startsWithRaw(tree.toRealPath());
            }
            return "-> " + target;
        }
        assertThat(MODES)
                .contains(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)));
        if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
            return "";
        }
        assertThat(Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)).isTrue();
        return Long.toString(Files.size(path));
    }

    @Override
    public void close() throws IOException {
        DurableFiles.deleteTree(top);
    }
}
