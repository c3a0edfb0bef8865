package dev.belay.supervisor.offer;

import dev.belay.versys.client.TargetSource;
import dev.belay.versys.yaml.Quantities;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/// Where releases come from in this run: the vendor's repository on the network, or an offline
/// file.
@FunctionalInterface
public interface ReleaseSource {
    /// A fresh view of it.
    TargetSource open();

    /// The offline file, if it is one.
    default Optional<Offline> offline() {
        return Optional.empty();
    }

    /// An offline file, with what the admin decided about it.
    ///
    /// @param file the file, or a directory that holds the same
    /// @param acceptedStaleness how long ago its metadata may have expired; zero if nothing was
    ///   accepted
    record Offline(Path file, Duration acceptedStaleness) {
        /// For journal, events and history.
        public String words() {
            return "offline file "
                    + file.toAbsolutePath().normalize()
                    + (stale()
                            ? ", its metadata accepted up to "
                                    + Quantities.text(acceptedStaleness)
                                    + " after it ran out (--accept-staleness)"
                            : "");
        }

        /// Whether staleness was accepted.
        public boolean stale() {
            return !acceptedStaleness.isZero();
        }
    }
}
