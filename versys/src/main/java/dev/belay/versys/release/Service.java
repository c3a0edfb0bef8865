package dev.belay.versys.release;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// How a release is started and stopped.
public sealed interface Service {
    /// How long a stop may take before it is a failure.
    Duration stopTimeout();

    /// Started by the supervisor as its own child process.
    ///
    /// @param run program and arguments, no shell; a relative program is looked up in the release
    /// @param user the account to run as; the supervisor's own when empty
    /// @param environment added to a clean environment
    record Run(
            List<String> run,
            Optional<String> user,
            Map<String, String> environment,
            Duration stopTimeout,
            Strategy strategy)
            implements Service {
        public Run {
            run = List.copyOf(run);
            environment = Immutable.copy(environment);
        }
    }

    /// Started by systemd.
    ///
    /// @param unit for example `shop.service`
    /// @param startTimeout how long systemd may take to start it
    record Systemd(String unit, Duration startTimeout, Duration stopTimeout, Strategy strategy)
            implements Service {}

    /// How one version takes over from the other.
    enum Strategy {
        /// Stop the old one, then start the new one.
        RESTART
    }
}
