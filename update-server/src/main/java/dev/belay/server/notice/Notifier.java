package dev.belay.server.notice;

import dev.belay.server.catalog.RoleExpiry;
import dev.belay.server.metrics.Counter;
import dev.belay.server.metrics.Counters;
import dev.belay.server.storage.SentNotices;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Sends each warning once: not again for the same threshold, nor after a restart. What the
/// receiver did not take is tried again in the next round. Nobody waits for it.
public final class Notifier implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Notifier.class);

    /// A repository with more roles in trouble than this has said enough.
    private static final int MAX_WAITING = 50;

    private final SentNotices sent;
    private final Predicate<ExpiryNotice> delivery;
    private final Counters counters;
    private final Set<String> waiting = ConcurrentHashMap.newKeySet();
    private final ExecutorService sender =
            Executors.newSingleThreadExecutor(Thread.ofVirtual().name("webhook").factory());

    /// @param delivery tries, and says whether the receiver took it; may take its time
    public Notifier(SentNotices sent, Predicate<ExpiryNotice> delivery, Counters counters) {
        this.sent = sent;
        this.delivery = delivery;
        this.counters = counters;
    }

    /// Sends what is due and was not sent. Returns at once.
    public void check(List<RoleExpiry> roles, Instant now) {
        for (RoleExpiry role : roles) {
            ExpiryNotice.due(role, now)
                    .filter(notice ->
                            !sent.contains(role.role(), role.expires(), notice.threshold()))
                    .ifPresent(this::enqueue);
        }
    }

    private void enqueue(ExpiryNotice notice) {
        if (waiting.size() < MAX_WAITING && waiting.add(notice.id())) {
            sender.execute(() -> send(notice));
        }
    }

    private void send(ExpiryNotice notice) {
        try {
            if (delivery.test(notice)) {
                RoleExpiry role = notice.role();
                sent.add(role.role(), role.expires(), notice.threshold());
                counters.count(Counter.WEBHOOK_DELIVERIES);
            } else {
                counters.count(Counter.WEBHOOK_FAILURES);
            }
        } catch (RuntimeException e) {
            counters.count(Counter.WEBHOOK_FAILURES);
            LOG.error("a warning could not be sent and will be tried again", e);
        } finally {
            waiting.remove(notice.id());
        }
    }

    @Override
    public void close() {
        sender.shutdownNow();
        sender.close();
    }
}
