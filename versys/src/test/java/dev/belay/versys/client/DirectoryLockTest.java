package dev.belay.versys.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoryLockTest {
    @TempDir Path directory;

    @Test
    void oneThreadAtATime() throws Exception {
        AtomicInteger inside = new AtomicInteger();
        Callable<Integer> owner =
                () -> {
                    int most = 0;
                    for (int i = 0; i < 50; i++) {
                        try (DirectoryLock _ = DirectoryLock.acquire(directory)) {
                            most = Math.max(most, inside.incrementAndGet());
                            inside.decrementAndGet();
                        }
                    }
                    return most;
                };
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            for (var result : threads.invokeAll(List.of(owner, owner, owner, owner))) {
                assertThat(result.get()).isEqualTo(1);
            }
        }
    }

    @Test
    void otherProcessesWaitForEachOther() throws Exception {
        Path log = Files.createFile(directory.resolve("log"));
        List<Process> processes = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            processes.add(
                    new ProcessBuilder(
                                    Path.of(System.getProperty("java.home"), "bin/java").toString(),
                                    "-cp",
                                    System.getProperty("java.class.path"),
                                    LockOwner.class.getName(),
                                    directory.toString(),
                                    log.toString())
                            .inheritIO()
                            .start());
        }
        for (Process process : processes) {
            assertThat(process.waitFor()).isZero();
        }
        List<String> lines = Files.readAllLines(log);
        assertThat(lines).hasSize(3 * 2 * LockOwner.TIMES);
        for (int i = 0; i < lines.size(); i += 2) {
            assertThat(lines.get(i)).startsWith("in ");
            assertThat(lines.get(i + 1)).isEqualTo(lines.get(i).replace("in ", "out "));
        }
    }

    @Test
    void itsOwnerMayAcquireItAgainAndKeepsIt() throws Exception {
        Path unfinished = directory.resolve(".belay-0123456789abcdef.tmp");
        try (DirectoryLock _ = DirectoryLock.acquire(directory)) {
            Files.createFile(unfinished);
            MetadataStores.inDirectory(directory).write("root", new byte[1]);
            assertThat(unfinished).as("nobody took the owner for killed").exists();
        }
    }

    /// Publishers look at roles long after their refresh; a neighbour that begins must not take
    /// what they are writing for a leftover.
    @Test
    void aWriterIsNotTakenForKilledByOneWhoBegins() throws Exception {
        MetadataStore store = MetadataStores.inDirectory(directory);
        try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
            var writes =
                    threads.submit(() -> {
                        for (int i = 0; i < 200; i++) {
                            store.write("targets", new byte[] {(byte) i});
                        }
                    });
            while (!writes.isDone()) {
                DirectoryLock.acquire(directory).close();
            }
            writes.get();
        }
    }

    @Test
    void aLockFileLeftByAKilledProcessIsNoLock() throws Exception {
        Path lock = Files.createDirectories(directory.resolve(".belay")).resolve("lock");
        Files.writeString(lock, "4711\n");
        try (DirectoryLock _ = DirectoryLock.acquire(directory)) {
            assertThat(lock).content().isEqualTo(ProcessHandle.current().pid() + "\n");
        }
    }
}
