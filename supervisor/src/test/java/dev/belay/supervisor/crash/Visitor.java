package dev.belay.supervisor.crash;

import dev.belay.supervisor.testing.ShopHost;
import java.util.concurrent.atomic.AtomicInteger;

/// Somebody who uses the shop all the time: what it said yes to, it must not lose.
final class Visitor implements AutoCloseable {
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
                Thread.sleep(20);
            } catch (InterruptedException e) {
                return;
            } catch (Exception _) {
                Thread.onSpinWait(); // it is down; whether it comes up again is asked elsewhere
            }
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
