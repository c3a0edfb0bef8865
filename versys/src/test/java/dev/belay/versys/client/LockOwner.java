package dev.belay.versys.client;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// A process that takes and gives back a lock, and writes down when it has it.
final class LockOwner {
    static final int TIMES = 40;

    private LockOwner() {}

    public static void main(String... args) throws Exception {
        Path directory = Path.of(args[0]);
        Path log = Path.of(args[1]);
        for (int i = 0; i < TIMES; i++) {
            String me = ProcessHandle.current().pid() + "-" + i + "\n";
            try (DirectoryLock _ = DirectoryLock.acquire(directory)) {
                Files.writeString(log, "in " + me, StandardOpenOption.APPEND);
                Files.writeString(log, "out " + me, StandardOpenOption.APPEND);
            }
        }
    }
}
