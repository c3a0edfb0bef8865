package dev.belay.server.catalog;

import dev.belay.versys.graph.Channel;
import dev.belay.versys.graph.InvalidChannelException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Reads channel documents from the published targets. A document is parsed once: its digest names
/// its content.
final class ChannelFiles {
    private final Path targets;
    private final Map<ChannelName, PublishedChannel> parsed = new ConcurrentHashMap<>();

    ChannelFiles(Path targets) {
        this.targets = targets;
    }

    PublishedChannel read(ChannelName name, @Nullable PublishedTarget target) {
        if (target == null) {
            return PublishedChannel.empty(name);
        }
        PublishedChannel before = parsed.get(name);
        if (before != null && before.digest().equals(target.sha256())) {
            return before;
        }
        PublishedChannel now = parse(name, target);
        parsed.put(name, now);
        return now;
    }

    private PublishedChannel parse(ChannelName name, PublishedTarget target) {
        Path file =
                targets.resolve(name.product())
                        .resolve("channels")
                        .resolve(target.sha256() + "." + name.channel() + ".json");
        try {
            return PublishedChannel.of(
                    name, target.sha256(), Channel.parse(Files.readAllBytes(file)));
        } catch (InvalidChannelException | IOException e) {
            return PublishedChannel.broken(
                    name,
                    target.sha256(),
                    e instanceof InvalidChannelException
                            ? "The channel document is malformed; hosts refuse it."
                            : "The channel document is missing on this server.");
        }
    }
}
