package dev.belay.server.cli;

import dev.belay.server.notice.WebhookSettings;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/// How a server is to run. [#in] begins with the embedded defaults.
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

    /// The defaults: loopback, port 8480, uploads up to 4 GiB, 20,000 listeners.
    public static Builder in(Path data) {
        return new Builder(data);
    }

    /// Options that differ from the defaults in what is said.
    public static final class Builder {
        private final Path data;
        private String host = "127.0.0.1";
        private int port = 8480;
        private Optional<URI> publicUrl = Optional.empty();
        private long maxBlobBytes = DEFAULT_MAX_BLOB;
        private Duration heartbeat = Duration.ofSeconds(15);
        private int maxStreams = 20_000;
        private Duration headerDeadline = Duration.ofSeconds(60);
        private Optional<WebhookSettings> webhook = Optional.empty();
        private InstantSource clock = InstantSource.system();

        private Builder(Path data) {
            this.data = data;
        }

        /// Listens there.
        public Builder listen(String onHost, int onPort) {
            host = onHost;
            port = onPort;
            return this;
        }

        /// Is reached under another address.
        public Builder publicUrl(URI url) {
            publicUrl = Optional.of(url);
            return this;
        }

        /// Takes uploads up to that many bytes.
        public Builder maxBlobBytes(long bytes) {
            maxBlobBytes = bytes;
            return this;
        }

        /// Treats event streams otherwise.
        public Builder streams(Duration silence, int most) {
            heartbeat = silence;
            maxStreams = most;
            return this;
        }

        /// Waits so long for headers.
        public Builder headerDeadline(Duration deadline) {
            headerDeadline = deadline;
            return this;
        }

        /// Posts warnings of expiry there.
        public Builder webhook(WebhookSettings settings) {
            webhook = Optional.of(settings);
            return this;
        }

        /// Lives in another time.
        public Builder clock(InstantSource other) {
            clock = other;
            return this;
        }

        /// The options.
        public ServerOptions build() {
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
                    clock);
        }
    }
}
