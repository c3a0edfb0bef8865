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

    /// Takes the space. Random-looking content, so that no file system stores it as a hole.
    public void take() {
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
