package dev.belay.packaging.durable;

/// One thing that a run did to a tree, as far as it matters to who finds the tree after a crash.
/// Paths are relative to the root of the tree, as they were at that moment; the root is "".
public sealed interface DiskChange {
    /// A name appeared: an empty file, a directory or a link.
    record Made(String path, DiskTree.Entry entry) implements DiskChange {}

    /// A file got another content or other attributes, in place.
    record Written(String path, DiskTree.RegularFile now) implements DiskChange {}

    /// A directory got other attributes. These are taken to survive everything.
    record Touched(String path, DiskTree.Directory now) implements DiskChange {}

    /// Something got another name; what had that name before lost it.
    record Renamed(String path, String to) implements DiskChange {}

    /// A name vanished.
    record Removed(String path) implements DiskChange {}

    /// Content and attributes of a file were forced to the disk.
    record Forced(String path) implements DiskChange {}

    /// The names in a directory were forced to the disk.
    record DirectoryForced(String path) implements DiskChange {}

    /// Whether who reads the tree sees a difference.
    default boolean visible() {
        return switch (this) {
            case Made _, Written _, Renamed _, Removed _ -> true;
            case Touched _, Forced _, DirectoryForced _ -> false;
        };
    }
}
