package dev.belay.packaging.archive;

import java.util.Optional;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;

/// What can be said about one entry by itself.
final class EntryCheck {
    private static final int SET_ID_AND_STICKY = 07000;
    private static final int WRITABLE_BY_OTHERS = 02;

    private EntryCheck() {}

    /// @throws HostileArchiveException if the entry is not acceptable
    static ArchiveEntry check(TarHeader header, ArchiveLimits limits) {
        ArchiveEntry.Type type = type(header);
        String path = path(header, type);
        EntryNames.problem(path).ifPresent(EntryCheck::reject);
        checkLengths(path, limits);
        boolean symlink = type == ArchiveEntry.Type.SYMLINK;
        if (symlink == header.link().isEmpty()) {
            reject("the link of " + EntryNames.printable(path) + " is missing or out of place");
        }
        if (symlink) {
            LinkTargets.problem(path, header.link()).ifPresent(EntryCheck::reject);
        } else if ((header.mode() & (SET_ID_AND_STICKY | WRITABLE_BY_OTHERS)) != 0) {
            reject(
                    "the mode of "
                            + EntryNames.printable(path)
                            + " is "
                            + Integer.toOctalString(header.mode()));
        }
        return new ArchiveEntry(
                path,
                type,
                type == ArchiveEntry.Type.FILE && (header.mode() & 0100) != 0,
                header.size(),
                symlink ? Optional.of(header.link()) : Optional.empty());
    }

    static ArchiveEntry.Type type(TarHeader header) {
        return switch (header.type()) {
            case '0', 0 -> ArchiveEntry.Type.FILE;
            case '2' -> ArchiveEntry.Type.SYMLINK;
            case '5' -> ArchiveEntry.Type.DIRECTORY;
            default ->
                    throw new HostileArchiveException(
                            "the entry "
                                    + EntryNames.printable(header.name())
                                    + " is neither a file, a directory nor a symlink");
        };
    }

    /// A directory may end in one slash; nothing else may.
    private static String path(TarHeader header, ArchiveEntry.Type type) {
        String name = header.name();
        return type == ArchiveEntry.Type.DIRECTORY && name.endsWith("/")
                ? name.substring(0, name.length() - 1)
                : name;
    }

    private static void checkLengths(String path, ArchiveLimits limits) {
        if (EntryNames.utf8Length(path) > limits.maxPathBytes()) {
            reject("the name " + EntryNames.printable(path) + " is too long");
        }
        if (path.chars().filter(c -> c == '/').count() >= limits.maxDepth()) {
            reject("the name " + EntryNames.printable(path) + " is too deep");
        }
    }

    /// Whether Commons Compress has understood the same as we have.
    static boolean agrees(TarHeader ours, TarArchiveEntry theirs) {
        boolean directory = ours.type() == '5';
        String name = directory && !ours.name().endsWith("/") ? ours.name() + "/" : ours.name();
        return theirs.getName().equals(name)
                && theirs.getSize() == ours.size()
                && theirs.getMode() == ours.mode()
                && theirs.isDirectory() == directory
                && theirs.isSymbolicLink() == (ours.type() == '2')
                && theirs.getLinkName().equals(ours.link())
                && !theirs.isSparse();
    }

    private static void reject(String reason) {
        throw new HostileArchiveException(reason);
    }
}
