package dev.belay.packaging.durable;

import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// A directory tree as a value. Files are compared by identity, so that two trees of one
/// [DiskModel] can be compared without reading a byte.
///
/// @param entries what is there by path relative to the root, parents before children; not the root
///   itself
public record DiskTree(SortedMap<String, Entry> entries) {
    public DiskTree {
        entries = Collections.unmodifiableSortedMap(new TreeMap<>(entries));
    }

    /// What can be at a path.
    public sealed interface Entry {
        FileTime modified();
    }

    /// A directory; what is in it has paths of its own.
    public record Directory(int mode, FileTime modified) implements Entry {}

    /// A symbolic link.
    public record Link(String target, FileTime modified) implements Entry {}

    /// A regular file with all that a reader sees of it.
    public static final class RegularFile implements Entry {
        private final byte[] bytes;
        private final int mode;
        private final FileTime modified;

        RegularFile(byte[] bytes, int mode, FileTime modified) {
            this.bytes = bytes.clone();
            this.mode = mode;
            this.modified = modified;
        }

        /// The same, as if only these bytes had reached the disk.
        RegularFile with(byte[] other) {
            return new RegularFile(other, mode, modified);
        }

        boolean looksLike(RegularFile other) {
            return Arrays.equals(bytes, other.bytes)
                    && mode == other.mode
                    && modified.equals(other.modified);
        }

        byte[] bytes() {
            return bytes.clone();
        }

        int length() {
            return bytes.length;
        }

        @Override
        public FileTime modified() {
            return modified;
        }
    }

    /// Without some paths and what is below them.
    public DiskTree without(String... paths) {
        SortedMap<String, Entry> rest = new TreeMap<>(entries);
        for (String path : paths) {
            rest.keySet().removeIf(other -> other.equals(path) || other.startsWith(path + "/"));
        }
        return new DiskTree(rest);
    }

    /// Makes it, below a directory that is not there yet. Plain writes: nothing of it is announced
    /// or forced.
    public void writeTo(Path root) throws IOException {
        Files.createDirectories(root);
        for (Map.Entry<String, Entry> entry : entries.entrySet()) {
            write(entry.getValue(), root.resolve(entry.getKey()));
        }
        for (Map.Entry<String, Entry> entry : entries.entrySet()) { // what is in it is there by now
            if (entry.getValue() instanceof Directory directory) {
                Path path = root.resolve(entry.getKey());
                Files.setAttribute(path, "unix:mode", directory.mode());
                Files.setLastModifiedTime(path, directory.modified());
            }
        }
    }

    private static void write(Entry entry, Path path) throws IOException {
        switch (entry) {
            case Directory _ -> Files.createDirectory(path);
            case Link link -> {
                Files.createSymbolicLink(path, Path.of(link.target()));
                Files.getFileAttributeView(
                                path, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                        .setTimes(link.modified(), null, null);
            }
            case RegularFile file -> {
                try (FileOutputStream out = new FileOutputStream(path.toFile())) {
                    out.write(file.bytes);
                }
                Files.setAttribute(path, "unix:mode", file.mode);
                Files.setLastModifiedTime(path, file.modified);
            }
        }
    }
}
