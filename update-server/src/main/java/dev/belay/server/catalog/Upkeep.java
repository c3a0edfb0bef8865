package dev.belay.server.catalog;

import dev.belay.server.metrics.Counter;
import dev.belay.server.metrics.Counters;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What the server does by itself, once at the start and then at intervals: renews the timestamp
/// before hosts would refuse it, warns before anything expires that only the vendor can renew, and
/// keeps stores within their bounds.
public final class Upkeep implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Upkeep.class);
    private final Publications publications;
    private final Consumer<String> prune;
    private final Warnings warnings;
    private final Counters counters;
    private final InstantSource clock;
    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(Thread.ofVirtual().name("upkeep").factory());

    /// Told in every round until when everything is valid. Must return at once.
    @FunctionalInterface
    public interface Warnings {
        /// @param roles everything that is published
        void check(List<RoleExpiry> roles, Instant now);
    }

    /// @param prune called with each product
    public Upkeep(
            Publications publications,
            Consumer<String> prune,
            Warnings warnings,
            Counters counters,
            InstantSource clock,
            Duration interval) {
        this.publications = publications;
        this.prune = prune;
        this.warnings = warnings;
        this.counters = counters;
        this.clock = clock;
        var _ =
                timer.scheduleWithFixedDelay(
                        this::runOnce, 0, interval.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        timer.shutdownNow();
        timer.close();
    }

    /// A failure is logged and tried again the next time; it must not end the schedule. What fails
    /// in one part does not keep the others from being done: that nothing can be renewed is what
    /// people must hear of.
    private void runOnce() {
        guarded(() -> {
            if (publications.renew()) {
                counters.count(Counter.RENEWALS);
                LOG.info("renewed timestamp.json");
            }
        });
        Catalog catalog = publications.current();
        guarded(() -> catalog.products().forEach(prune));
        guarded(() -> {
            Instant now = clock.instant();
            warn(catalog, now);
            warnings.check(catalog.expiries(), now);
        });
    }

    private void guarded(Runnable part) {
        try {
            part.run();
        } catch (RuntimeException e) {
            counters.count(Counter.UPKEEP_FAILURES);
            LOG.error("upkeep failed and will be tried again", e);
        }
    }

    private static void warn(Catalog catalog, Instant now) {
        for (RoleExpiry expiry : catalog.expiries()) {
            switch (expiry.at(now)) {
                case GOOD -> {}
                case SOON ->
                        LOG.warn(
                                "{} expires on {}; {}",
                                expiry.role(),
                                expiry.expires(),
                                help(expiry));
                case EXPIRED ->
                        LOG.error(
                                "{} expired on {} and hosts refuse new installs; {}",
                                expiry.role(),
                                expiry.expires(),
                                help(expiry));
            }
        }
    }

    private static String help(RoleExpiry expiry) {
        return expiry.online()
                ? "the server could not renew it, see the errors above"
                : "sign it again with versys and publish it";
    }
}
