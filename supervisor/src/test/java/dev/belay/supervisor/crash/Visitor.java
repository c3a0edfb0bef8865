package dev.belay.supervisor.crash;

import dev.belay.supervisor.testing.ShopHost;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/// Somebody who uses the shop all the time: what it said yes to, it must not lose.
final class Visitor implements AutoCloseable {
    private static final Duration PACE = Duration.ofMillis(20);
    private volatile int most;
    private volatile int sinceDrop;
    private int last;
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
                String answer = host.get("/visit");
                if (answer.matches("[0-9]+")) {
                    count(Integer.parseInt(answer));
                }
            } catch (Exception _) {
                // it is down; whether it comes up again is asked elsewhere
            }
            LockSupport.parkNanos(
                    PACE.toNanos()); // while it is down too: others need the processor
        }
    }

    /// The shop said that this was its n-th visit: it has kept all those before.
    private void count(int visits) {
        sinceDrop = visits < last || sinceDrop > 0 ? visits : 0;
        most = Math.max(most, visits);
        last = visits;
    }

    /// The most visits that the shop ever said it has.
    int most() {
        return most;
    }

    /// How many it said last that it has, if it once had more; otherwise 0.
    int sinceDrop() {
        return sinceDrop;
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
