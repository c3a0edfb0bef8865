package dev.belay.server.cli;

import dev.belay.server.notice.WebhookSettings;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/// How a server is to run. [#in] gives the embedded defaults; `with…` changes one thing.
///
/// @param data the data directory; made if it is not there
/// @param port 0 for any that is free
/// @param publicUrl how hosts reach the server, if that is not how it listens
/// @param maxBlobBytes the largest upload
/// @param heartbeat how often a silent event stream gets a sign of life
/// @param maxStreams how many hosts may listen for events at once
/// @param headerDeadline how long the headers of a request may take
/// @param webhook where warnings of expiry are posted, if anywhere
public record ServerOptions(
        Path data,
        String host,
        int port,
        Optional<URI> publicUrl,
        long maxBlobBytes,
        Duration heartbeat,
        int maxStreams,
        Duration headerDeadline,
        Optional<WebhookSettings> webhook,
        InstantSource clock) {
    static final long DEFAULT_MAX_BLOB = 4L * 1024 * 1024 * 1024;
    private static final int DEFAULT_PORT = 8480;

    /// The defaults: loopback, port 8480, uploads up to 4 GiB, 20,000 listeners.
    public static ServerOptions in(Path data) {
        return new ServerOptions(
                data,
                "127.0.0.1",
                DEFAULT_PORT,
                Optional.empty(),
                DEFAULT_MAX_BLOB,
                Duration.ofSeconds(15),
                20_000,
                Duration.ofSeconds(60),
                Optional.empty(),
                InstantSource.system());
    }

    /// Listens elsewhere.
    public ServerOptions withListen(String otherHost, int otherPort) {
        return new ServerOptions(
                data,
                otherHost,
                otherPort,
                publicUrl,
                maxBlobBytes,
                heartbeat,
                maxStreams,
                headerDeadline,
                webhook,
                clock);
    }

    /// Is reached under another address.
    public ServerOptions withPublicUrl(URI url) {
        return new ServerOptions(
                data,
                host,
                port,
                Optional.of(url),
                maxBlobBytes,
                heartbeat,
                maxStreams,
                headerDeadline,
                webhook,
                clock);
    }

    /// Takes uploads up to that many bytes.
    public ServerOptions withMaxBlobBytes(long bytes) {
        return new ServerOptions(
                data,
                host,
                port,
                publicUrl,
                bytes,
                heartbeat,
                maxStreams,
                headerDeadline,
                webhook,
                clock);
    }

    /// Treats event streams otherwise.
    public ServerOptions withStreams(Duration otherHeartbeat, int otherMaxStreams) {
        return new ServerOptions(
                data,
                host,
                port,
                publicUrl,
                maxBlobBytes,
                otherHeartbeat,
                otherMaxStreams,
                headerDeadline,
                webhook,
                clock);
    }

    /// Waits for headers otherwise.
    public ServerOptions withHeaderDeadline(Duration deadline) {
        return new ServerOptions(
                data,
                host,
                port,
                publicUrl,
                maxBlobBytes,
                heartbeat,
                maxStreams,
                deadline,
                webhook,
                clock);
    }

    /// Posts warnings of expiry there.
    public ServerOptions withWebhook(WebhookSettings settings) {
        return new ServerOptions(
                data,
                host,
                port,
                publicUrl,
                maxBlobBytes,
                heartbeat,
                maxStreams,
                headerDeadline,
                Optional.of(settings),
                clock);
    }

    /// Lives in another time.
    public ServerOptions withClock(InstantSource otherClock) {
        return new ServerOptions(
                data,
                host,
                port,
                publicUrl,
                maxBlobBytes,
                heartbeat,
                maxStreams,
                headerDeadline,
                webhook,
                otherClock);
    }
}
