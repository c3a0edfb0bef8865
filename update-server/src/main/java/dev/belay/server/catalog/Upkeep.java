package dev.belay.server.catalog;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
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
    private final InstantSource clock;
    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(Thread.ofVirtual().name("upkeep").factory());

    /// @param prune called with each product
    public Upkeep(
            Publications publications,
            Consumer<String> prune,
            InstantSource clock,
            Duration interval) {
        this.publications = publications;
        this.prune = prune;
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

    /// A failure is logged and tried again the next time; it must not end the schedule.
    private void runOnce() {
        try {
            if (publications.renew()) {
                LOG.info("renewed timestamp.json");
            }
            Catalog catalog = publications.current();
            catalog.products().forEach(prune);
            warn(catalog, clock.instant());
        } catch (RuntimeException e) {
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
