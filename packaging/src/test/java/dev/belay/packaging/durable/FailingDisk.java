package dev.belay.packaging.durable;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/// A disk on which chosen acts fail from now until [#close], in the whole process. After a failed
/// fsync the bytes are gone, as they are on Linux, and the next fsync of the file answers "fine".
public final class FailingDisk implements AutoCloseable {
    private final Predicate<DiskAct> fails;
    private final List<DiskAct> acts = new ArrayList<>();
    private final Map<Path, List<DiskAct.Write>> unforced = new HashMap<>();

    private FailingDisk(Predicate<DiskAct> fails) {
        this.fails = fails;
        Disk.startMonitoring(this::before);
    }

    /// Fails every act of which the predicate says so.
    public static FailingDisk at(Predicate<DiskAct> fails) {
        return new FailingDisk(fails);
    }

    /// Fails the first act of which the predicate says so, and no other.
    public static FailingDisk once(Predicate<DiskAct> fails) {
        AtomicInteger seen = new AtomicInteger();
        return at(act -> fails.test(act) && seen.getAndIncrement() == 0);
    }

    /// Fails the nth act, counted from 0.
    public static FailingDisk atAct(int number) {
        AtomicInteger seen = new AtomicInteger();
        return at(act -> seen.getAndIncrement() == number);
    }

    /// Fails nothing, but lists what is done.
    public static FailingDisk never() {
        return at(act -> false);
    }

    /// What was asked of the disk until now, the acts that failed included.
    public synchronized List<DiskAct> acts() {
        return List.copyOf(acts);
    }

    private synchronized void before(DiskAct act) throws IOException {
        acts.add(act);
        if (act instanceof DiskAct.Write write) {
            unforced.computeIfAbsent(write.path(), path -> new ArrayList<>()).add(write);
        }
        boolean failed = fails.test(act);
        if (act instanceof DiskAct.Force(Path path)) {
            List<DiskAct.Write> waiting = unforced.remove(path);
            if (failed && waiting != null) {
                lose(path, waiting);
            }
        }
        if (failed) {
            throw new FileSystemException(act.path().toString(), null, "Input/output error");
        }
    }

    private static void lose(Path file, List<DiskAct.Write> writes) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            for (DiskAct.Write write : writes) {
                channel.write(ByteBuffer.allocate(write.bytes().limit()), write.position());
            }
        }
    }

    @Override
    public void close() {
        Disk.endMonitoring();
    }
}
