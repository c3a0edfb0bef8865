package dev.belay.supervisor.crash;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;

/// A file system in a file whose power can be cut: what was not forced to it is gone.
///
/// @param image the file with an ext4 file system
/// @param mount where it is mounted, by root
record PowerCut(Path image, Path mount) {
    /// `FS_IOC_SHUTDOWN` of linux/fs.h, and its flag that leaves the journal unwritten.
    private static final long SHUTDOWN = 0x8004587dL;

    private static final int NO_LOG_FLUSH = 2;

    /// From here on nothing reaches the disk. Whoever runs from there is killed, and the file
    /// system is mounted again as it is found after a power cut.
    void strike() throws Exception {
        shutDown();
        killUsers();
        command("umount", mount.toString());
        command("mount", "-o", "loop", image.toString(), mount.toString());
    }

    /// Forces everything to it.
    void sync() throws Exception {
        command("sync", "-f", mount.toString());
    }

    private void shutDown() throws Exception {
        Linker linker = Linker.nativeLinker();
        var open =
                linker.downcallHandle(
                        linker.defaultLookup().findOrThrow("open"),
                        FunctionDescriptor.of(
                                ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_INT),
                        Linker.Option.firstVariadicArg(2));
        var ioctl =
                linker.downcallHandle(
                        linker.defaultLookup().findOrThrow("ioctl"),
                        FunctionDescriptor.of(
                                ValueLayout.JAVA_INT,
                                ValueLayout.JAVA_INT,
                                ValueLayout.JAVA_LONG,
                                ValueLayout.ADDRESS),
                        Linker.Option.firstVariadicArg(2));
        var close =
                linker.downcallHandle(
                        linker.defaultLookup().findOrThrow("close"),
                        FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment path = arena.allocateFrom(mount.toString());
            MemorySegment flags = arena.allocate(ValueLayout.JAVA_INT);
            flags.set(ValueLayout.JAVA_INT, 0, NO_LOG_FLUSH);
            int directory = (int) open.invokeExact(path, 0);
            int answer = (int) ioctl.invokeExact(directory, SHUTDOWN, flags);
            int closed = (int) close.invokeExact(directory);
            if (answer != 0 || closed != 0) {
                throw new IOException("the power of " + mount + " cannot be cut");
            }
        } catch (Throwable e) {
            throw new IOException(e);
        }
    }

    private void killUsers() throws InterruptedException {
        ProcessHandle.allProcesses()
                .filter(process -> worksBelow(Path.of("/proc/" + process.pid() + "/cwd")))
                .forEach(process -> {
                    process.destroyForcibly();
                    process.onExit().join();
                });
    }

    private boolean worksBelow(Path link) {
        try {
            return Files.readSymbolicLink(link).startsWith(mount);
        } catch (IOException e) {
            return false; // it ended, or is another user's
        }
    }

    private static void command(String... words) throws Exception {
        Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes());
        if (process.waitFor() != 0) {
            throw new IOException(String.join(" ", words) + ": " + said);
        }
    }
}
