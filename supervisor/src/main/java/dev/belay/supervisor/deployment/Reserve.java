package dev.belay.supervisor.deployment;

import dev.belay.packaging.durable.DurableFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/// A file that keeps a little space for the way back: rolling back moves no bytes, but it writes
/// some lines of journal, status and events, and must be able to do so on a full disk.
public final class Reserve {
    private static final int BYTES = 1 << 20;
    private final Path file;

    public Reserve(Home home) {
        this.file = home.reserve();
    }

    /// Takes the space, unless it was kept since an earlier run. Random-looking content, so that no
    /// file system stores it as a hole.
    public void take() {
        if (file.toFile().length() == BYTES) {
            return;
        }
        byte[] bytes = new byte[BYTES];
        for (int i = 0; i < BYTES; i++) {
            bytes[i] = (byte) (i * 31 + (i >> 8));
        }
        try {
            DurableFiles.write(file, bytes, DurableFiles.PRIVATE);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot reserve space for a rollback", e);
        }
    }

    /// Takes it if there is room, so that one who goes back on request has it.
    public void keep() {
        try {
            take();
        } catch (UncheckedIOException e) {
            System.getLogger(Reserve.class.getName())
                    .log(System.Logger.Level.DEBUG, "no reserve is kept: {0}", e.toString());
        }
    }

    /// Gives it free. Never fails: the rollback goes on without.
    public void free() {
        try {
            DurableFiles.delete(file);
        } catch (IOException e) {
            System.getLogger(Reserve.class.getName())
                    .log(System.Logger.Level.WARNING, "reserve not freed: {0}", e.toString());
        }
    }
}
