package dev.belay.supervisor.deployment;

import dev.belay.packaging.durable.DurableFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;

/// How this host calls itself in reports and where it stands in rollouts: what the admin says, or a
/// random id made once.
public final class HostId {
    private HostId() {}

    /// @param named what the admin says; empty for a random one
    public static String of(Home home, Optional<String> named) {
        return named.orElseGet(() -> made(home.hostId()));
    }

    private static String made(Path file) {
        try {
            if (!Files.exists(file)) {
                DurableFiles.write(
                        file,
                        UUID.randomUUID().toString().getBytes(StandardCharsets.UTF_8),
                        DurableFiles.PRIVATE);
            }
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot keep this host's id", e);
        }
    }
}
