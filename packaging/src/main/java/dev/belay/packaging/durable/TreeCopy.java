package dev.belay.packaging.durable;

import dev.belay.packaging.digest.Digest;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/// One copy of a tree; see [DurableFiles#copyTree].
final class TreeCopy {
    /// How often a file is copied that changes meanwhile.
    private static final int ATTEMPTS = 3;

    private final Path from;
    private final Path to;
    private final CopyFilter filter;
    private final CopyVisitor visitor;
    private final ContentCopy content;
    private final boolean extendedAttributes;

    TreeCopy(Path from, Path to, CopyFilter filter, CopyVisitor visitor) throws IOException {
        this.from = from;
        this.to = to;
        this.filter = filter;
        this.visitor = visitor;
        this.content = new ContentCopy(visitor::progress);
        this.extendedAttributes =
                hasExtendedAttributes(from) && hasExtendedAttributes(DurableFiles.parentOf(to));
    }

    private static boolean hasExtendedAttributes(Path path) throws IOException {
        return Files.getFileStore(path)
                .supportsFileAttributeView(UserDefinedFileAttributeView.class);
    }

    void run() throws IOException {
        copy(from.getFileSystem().getPath(""));
        TreeSync.sync(to, false);
    }

    private void copy(Path relative) throws IOException {
        FileFacts facts = FileFacts.of(from.resolve(relative));
        if (facts.directory()) {
            copyDirectory(relative, facts);
        } else if (facts.symlink()) {
            copyLink(relative, facts);
        } else if (facts.regular()) {
            copyFile(relative, facts);
        } else {
            throw new FileSystemException(
                    from.resolve(relative).toString(),
                    null,
                    "is neither a file, a directory nor a symlink");
        }
    }

    private void copyDirectory(Path relative, FileFacts facts) throws IOException {
        Path target = target(relative);
        if (relative.toString().isEmpty() && Files.isDirectory(to, LinkOption.NOFOLLOW_LINKS)) {
            requireEmpty(to);
        } else {
            Disk.createDirectory(target);
        }
        tell(
                relative,
                CopiedEntry.Type.DIRECTORY,
                facts,
                0,
                Optional.empty(),
                Optional.empty(),
                true);
        for (Path child : children(source(relative))) {
            Path below = relative.resolve(child);
            if (filter.accepts(below)) {
                copy(below);
            }
        }
        finish(source(relative), target, facts);
    }

    private static void requireEmpty(Path directory) throws IOException {
        if (!children(directory).isEmpty()) {
            throw new FileSystemException(directory.toString(), null, "is not empty");
        }
    }

    /// Sorted, so that two copies go through the same steps in the same order.
    private static List<Path> children(Path directory) throws IOException {
        List<Path> names = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory)) {
            stream.forEach(path -> names.add(path.getFileName()));
        }
        Collections.sort(names);
        return names;
    }

    private void copyLink(Path relative, FileFacts facts) throws IOException {
        Path leadsTo = Files.readSymbolicLink(source(relative));
        Disk.createLink(target(relative), leadsTo);
        facts.applyTo(target(relative));
        tell(
                relative,
                CopiedEntry.Type.SYMLINK,
                facts,
                0,
                Optional.empty(),
                Optional.of(leadsTo),
                true);
    }

    private void copyFile(Path relative, FileFacts before) throws IOException {
        FileFacts facts = before;
        for (int attempt = 1; !copyFile(relative, facts, attempt == ATTEMPTS); attempt++) {
            Disk.remove(target(relative));
            facts = FileFacts.of(source(relative));
        }
    }

    /// @param last whether to keep a copy of a file that changed meanwhile
    /// @return whether the copy was kept
    private boolean copyFile(Path relative, FileFacts before, boolean last) throws IOException {
        Path source = source(relative);
        Path target = target(relative);
        Optional<MessageDigest> digest =
                visitor.wantsDigests()
                        ? Optional.of(Digest.Algorithm.SHA256.newDigest())
                        : Optional.empty();
        long size;
        try (FileChannel reader =
                        FileChannel.open(
                                source, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
                FileChannel writer = Disk.create(target)) {
            size = content.copy(reader, target, writer, digest.orElse(null));
            finish(source, target, before);
        }
        boolean stable = size == before.size() && before.sameContentAs(FileFacts.of(source));
        if (!stable && !last) {
            return false;
        }
        tell(
                relative,
                CopiedEntry.Type.FILE,
                before,
                size,
                digest.map(d -> Digest.of(Digest.Algorithm.SHA256, d.digest())),
                Optional.empty(),
                stable);
        return true;
    }

    private void finish(Path source, Path target, FileFacts facts) throws IOException {
        if (extendedAttributes) {
            FileFacts.copyExtendedAttributes(source, target);
        }
        facts.applyTo(target);
    }

    private void tell(
            Path relative,
            CopiedEntry.Type type,
            FileFacts facts,
            long size,
            Optional<Digest> digest,
            Optional<Path> link,
            boolean stable)
            throws IOException {
        visitor.copied(
                new CopiedEntry(
                        relative,
                        type,
                        facts.mode(),
                        facts.uid(),
                        facts.gid(),
                        facts.modified().toInstant(),
                        size,
                        digest,
                        link.map(Path::toString),
                        stable));
    }

    private Path source(Path relative) {
        return from.resolve(relative);
    }

    private Path target(Path relative) {
        return to.resolve(relative.toString());
    }
}
