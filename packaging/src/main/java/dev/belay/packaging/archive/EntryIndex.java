package dev.belay.packaging.archive;

import java.util.HashMap;
import java.util.Map;

/// Remembers every path of an archive and refuses one that cannot live beside those before it: the
/// same path twice, also by another spelling, or something below what is not a directory.
final class EntryIndex {
    /// @param explicit whether an entry of its own was seen, not only something below it
    private record Node(String path, boolean directory, boolean explicit) {}

    private final Map<String, Node> nodes = new HashMap<>();

    void add(ArchiveEntry entry) {
        String path = entry.path();
        requireDirectoriesAbove(path);
        boolean directory = entry.type() == ArchiveEntry.Type.DIRECTORY;
        Node before = nodes.put(EntryNames.foldingKey(path), new Node(path, directory, true));
        if (before == null) {
            return;
        }
        if (before.explicit() || !before.path().equals(path) || !directory) {
            throw new HostileArchiveException(
                    "the entry "
                            + EntryNames.printable(path)
                            + " clashes with "
                            + EntryNames.printable(before.path()));
        }
    }

    private void requireDirectoriesAbove(String path) {
        for (int slash = path.lastIndexOf('/');
                slash > 0;
                slash = path.lastIndexOf('/', slash - 1)) {
            String above = path.substring(0, slash);
            Node node =
                    nodes.putIfAbsent(EntryNames.foldingKey(above), new Node(above, true, false));
            if (node == null) {
                continue;
            }
            if (!node.directory() || !node.path().equals(above)) {
                throw new HostileArchiveException(
                        "the entry "
                                + EntryNames.printable(path)
                                + " lies below "
                                + EntryNames.printable(node.path())
                                + ", which is not its directory");
            }
            return;
        }
    }
}
