package dev.belay.packaging.failure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/// What the operating system says when a file cannot be read or written, as a failure that a person
/// can do something about. Pure.
public final class IoFailures {
    private static final String OWNER = "Run the command as the owner of these files, or as root.";

    /// What the system says, in lower case, and what it means.
    private static final Map<String, Meaning> MEANINGS =
            Map.of(
                    "no space left on device",
                    new Meaning("disk-full", "Free some space and run the command again."),
                    "disk quota exceeded",
                    new Meaning("disk-full", "Free some space and run the command again."),
                    "read-only file system",
                    new Meaning("read-only", "Mount the file system for writing."),
                    "operation not permitted",
                    new Meaning("not-permitted", OWNER + " See also: lsattr"),
                    "permission denied",
                    new Meaning("not-permitted", OWNER),
                    "not a directory",
                    new Meaning("not-a-directory", "Check the path."),
                    "too many open files",
                    new Meaning("too-many-open-files", "Raise the limit: ulimit -n"),
                    "cannot allocate memory",
                    new Meaning("out-of-memory", "Free some memory and run the command again."),
                    "input/output error",
                    new Meaning("disk-error", "Look for disk errors (dmesg) before going on."));

    private record Meaning(String kind, String help) {}

    /// What no program can do anything about.
    private static final Set<String> OF_HOST =
            Set.of("disk-full", "read-only", "too-many-open-files", "disk-error", "out-of-memory");

    private IoFailures() {}

    /// Whether a failure of this kind is the host's: its disk, its memory, its limits.
    public static boolean ofHost(String kind) {
        return OF_HOST.contains(kind);
    }

    /// The failure in words.
    ///
    /// @param what what was being done; may be empty
    public static BelayException of(String what, IOException failure) {
        Meaning meaning = meaning(failure);
        String words = words(failure);
        return new BelayException(
                meaning.kind(),
                what.isEmpty() ? words : what + ": " + words,
                meaning.help(),
                failure);
    }

    /// As above; what was being done is the message of the exception that carries the failure.
    public static BelayException of(UncheckedIOException failure) {
        IOException cause = Objects.requireNonNull(failure.getCause());
        String what = String.valueOf(failure.getMessage());
        return of(what.equals(String.valueOf(cause)) ? "" : what, cause);
    }

    /// What happened, as a sentence without what was being done.
    public static String words(IOException failure) {
        return switch (failure) {
            case AccessDeniedException denied -> denied.getFile() + " may not be accessed.";
            case NoSuchFileException missing -> missing.getFile() + " does not exist.";
            case NotDirectoryException file -> file.getFile() + " is not a directory.";
            case FileSystemException known when known.getReason() != null ->
                    known.getFile() + ": " + known.getReason() + ".";
            default -> failure.getMessage() == null ? failure + "." : failure.getMessage() + ".";
        };
    }

    private static Meaning meaning(IOException failure) {
        if (failure instanceof AccessDeniedException) {
            return new Meaning("not-permitted", OWNER);
        }
        if (failure instanceof NotDirectoryException) {
            return new Meaning("not-a-directory", "Check the path.");
        }
        if (failure instanceof NoSuchFileException) {
            return new Meaning("file-missing", "Restore it from a backup, or check the path.");
        }
        String text = String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT);
        return MEANINGS.entrySet().stream()
                .filter(entry -> text.contains(entry.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElseGet(() -> new Meaning("io-error", "Run again with --stacktrace for more."));
    }
}
