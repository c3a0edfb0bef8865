package dev.belay.packaging.durable;

import dev.belay.packaging.digest.Digest;
import dev.belay.packaging.digest.Digests;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What a copy of a tree would tell of, without a copy; see [DurableFiles#describeTree].
final class TreeReport {
    private TreeReport() {}

    static void tell(Path root, CopyVisitor visitor) throws IOException {
        List<Path> paths;
        try (Stream<Path> walk = Files.walk(root)) {
            paths = walk.sorted(Comparator.comparing(Path::toString)).toList();
        }
        for (Path path : paths) {
            visitor.copied(entry(path, root.relativize(path)));
        }
    }

    private static CopiedEntry entry(Path path, Path relative) throws IOException {
        FileFacts facts = FileFacts.of(path);
        Optional<Digest> digest =
                facts.regular() ? Optional.of(Digests.ofFile(path)) : Optional.empty();
        Optional<String> link =
                facts.symlink()
                        ? Optional.of(Files.readSymbolicLink(path).toString())
                        : Optional.empty();
        return new CopiedEntry(
                relative,
                type(path, facts),
                facts.mode(),
                facts.uid(),
                facts.gid(),
                facts.modified().toInstant(),
                facts.regular() ? facts.size() : 0,
                digest,
                link,
                true);
    }

    private static CopiedEntry.Type type(Path path, FileFacts facts) throws IOException {
        if (facts.symlink()) {
            return CopiedEntry.Type.SYMLINK;
        }
        if (facts.directory()) {
            return CopiedEntry.Type.DIRECTORY;
        }
        if (facts.regular()) {
            return CopiedEntry.Type.FILE;
        }
        throw new FileSystemException(
                path.toString(), null, "is neither a file nor a directory nor a link");
    }
}
