package dev.belay.supervisor.agent.push;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;

/// Closes a stream that shows no sign of life for a while, so that a read blocked on a half-open
/// connection comes back.
final class Watchdog implements AutoCloseable {
    private final Closeable watched;
    private final Duration limit;
    private final SynchronousQueue<Boolean> signs = new SynchronousQueue<>();
    private final Thread thread;
    private volatile boolean bit;

    private Watchdog(Closeable watched, Duration limit) {
        this.watched = watched;
        this.limit = limit;
        this.thread = Thread.ofVirtual().name("push-watchdog").unstarted(this::watch);
    }

    static Watchdog over(Closeable watched, Duration limit) {
        Watchdog watchdog = new Watchdog(watched, limit);
        watchdog.thread.start();
        return watchdog;
    }

    /// A byte arrived. Never blocks: a sign that finds nobody waiting arrives while the watchdog is
    /// busy with the one before it.
    void alive() {
        boolean _ = signs.offer(true);
    }

    /// Whether the watchdog closed the stream.
    boolean bit() {
        return bit;
    }

    @Override
    public void close() {
        thread.interrupt();
    }

    private void watch() {
        try {
            while (signs.poll(limit.toNanos(), TimeUnit.NANOSECONDS) != null) {
                // alive: wait again
            }
            bit = true;
            watched.close();
        } catch (InterruptedException | IOException e) {
            // stopped, or the stream is gone already: nothing left to watch
        }
    }
}
