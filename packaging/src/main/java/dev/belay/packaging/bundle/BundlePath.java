package dev.belay.packaging.bundle;

import dev.belay.packaging.archive.EntryNames;
import java.nio.file.Path;

/// The path of something inside a bundle: relative, normalised, `/` between segments, no `.` and no
/// `..`, nothing unprintable. Never has a trailing slash. Ordered by UTF-16 code units, which puts
/// a directory before what is in it.
public record BundlePath(String value) implements Comparable<BundlePath> {
    public BundlePath {
        EntryNames.problem(value)
                .ifPresent(problem -> {
                    throw new IllegalArgumentException(problem);
                });
    }

    /// @throws IllegalArgumentException if it is no such path
    public static BundlePath of(String value) {
        return new BundlePath(value);
    }

    /// Where this is below a root on this host.
    public Path in(Path root) {
        return root.resolve(value);
    }

    /// Whether this is the other one or lies below it.
    public boolean isWithin(BundlePath other) {
        return equals(other) || value.startsWith(other.value + "/");
    }

    @Override
    public int compareTo(BundlePath other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
