package dev.belay.packaging.durable;

import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/// Tells of the acts below one directory, while others watch other directories of this process.
public final class DiskWatch implements AutoCloseable {
    private static final Map<Path, DiskMonitor> WATCHED = new ConcurrentHashMap<>();
    private final Path root;

    private DiskWatch(Path root) {
        this.root = root;
    }

    /// @throws IllegalStateException if it is watched already, or the whole disk is
    public static DiskWatch on(Path root, DiskMonitor monitor) {
        synchronized (WATCHED) {
            if (WATCHED.isEmpty()) {
                Disk.startMonitoring(DiskWatch::tell);
            }
            if (WATCHED.putIfAbsent(root, monitor) != null) {
                throw new IllegalStateException(root + " is watched already");
            }
        }
        return new DiskWatch(root);
    }

    private static void tell(DiskAct act) throws java.io.IOException {
        for (Map.Entry<Path, DiskMonitor> watched : new TreeMap<>(WATCHED).entrySet()) {
            if (act.path().startsWith(watched.getKey())) {
                watched.getValue().before(act);
            }
        }
    }

    @Override
    public void close() {
        synchronized (WATCHED) {
            WATCHED.remove(root);
            if (WATCHED.isEmpty()) {
                Disk.endMonitoring();
            }
        }
    }
}
