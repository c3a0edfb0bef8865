package dev.belay.supervisor.service;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The processes of this machine, from Linux's `/proc` (proc(5)).
///
/// A process is known by its number *and* its start time in clock ticks since boot, because numbers
/// are used again.
final class ProcessTable {
    private static final Path PROC = Path.of("/proc");
    // fields of /proc/<pid>/stat after the command name, counted from 0 (proc_pid_stat(5) from 3)
    private static final int STATE = 0;
    private static final int SESSION = 3;
    private static final int START_TICKS = 19;

    /// What the kernel says of one process.
    record Entry(long pid, char state, long session, long startTicks) {
        /// A zombie has ended and only waits to be collected.
        boolean alive() {
            return state != 'Z' && state != 'X';
        }
    }

    /// Changes at every boot, so that start times of an earlier boot are not mistaken for ours.
    static String bootId() {
        try {
            return Files.readString(PROC.resolve("sys/kernel/random/boot_id")).strip();
        } catch (IOException e) {
            return "unknown";
        }
    }

    static Optional<Entry> find(long pid) {
        try {
            String stat =
                    Files.readString(PROC.resolve(pid + "/stat"), StandardCharsets.ISO_8859_1);
            // the command name stands in parentheses and may itself contain any character
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            return Optional.of(
                    new Entry(
                            pid,
                            fields[STATE].charAt(0),
                            Long.parseLong(fields[SESSION]),
                            Long.parseLong(fields[START_TICKS])));
        } catch (IOException e) {
            return Optional.empty(); // ended meanwhile
        }
    }

    /// Living processes of that session, and those that carry `mark` (as `NAME=value`) in their
    /// environment: a daemon leaves its session, but takes its environment along.
    static List<Entry> belongingTo(long session, String mark) {
        List<Entry> found = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(PROC, "[0-9]*")) {
            for (Path entry : entries) {
                find(Long.parseLong(entry.getFileName().toString()))
                        .filter(Entry::alive)
                        .filter(p -> p.session() == session || carries(entry, mark))
                        .ifPresent(found::add);
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException("cannot list processes", e);
        }
        return found;
    }

    private static boolean carries(Path entry, String mark) {
        try {
            String environment =
                    Files.readString(entry.resolve("environ"), StandardCharsets.ISO_8859_1);
            return ("\0" + environment).contains("\0" + mark + "\0");
        } catch (IOException e) {
            return false; // another user's process, or ended meanwhile
        }
    }

    private ProcessTable() {}
}
