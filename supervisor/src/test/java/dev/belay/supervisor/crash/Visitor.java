package dev.belay.supervisor.crash;

import dev.belay.supervisor.testing.ShopHost;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/// Somebody who uses the shop all the time: what it said yes to, it must not lose.
final class Visitor implements AutoCloseable {
    private static final Duration PACE = Duration.ofMillis(20);
    private final AtomicInteger acknowledged = new AtomicInteger();
    private final Thread thread;
    private volatile boolean done;

    private Visitor(ShopHost host) {
        thread = Thread.ofPlatform().start(() -> visit(host));
    }

    static Visitor of(ShopHost host) {
        return new Visitor(host);
    }

    private void visit(ShopHost host) {
        while (!done) {
            try {
                if (host.get("/visit").matches("[0-9]+")) {
                    acknowledged.incrementAndGet();
                }
            } catch (Exception _) {
                // it is down; whether it comes up again is asked elsewhere
            }
            LockSupport.parkNanos(
                    PACE.toNanos()); // while it is down too: others need the processor
        }
    }

    /// How many visits the shop has said yes to.
    int acknowledged() {
        return acknowledged.get();
    }

    @Override
    public void close() {
        done = true;
        try {
            thread.join();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
