package dev.belay.supervisor.transaction;

import dev.belay.packaging.durable.DurableFiles;
import dev.belay.supervisor.deployment.Home;
import dev.belay.supervisor.settings.Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

/// How this host calls itself in reports and where it stands in rollouts: what the admin says, or a
/// random id made once.
final class HostId {
    private HostId() {}

    static String of(Home home, Settings settings) {
        return settings.hostId().orElseGet(() -> made(home.own("host-id")));
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
