package dev.belay.versys.client;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/// Runs what may wait at a socket or a lock for as long as it is allowed to and no longer, whatever
/// trickles in meanwhile: the timeout of a socket begins anew with each byte. It runs on a virtual
/// thread, because there an interrupt closes the socket, as it closes a file's channel everywhere.
final class TimedCall {
    private TimedCall() {}

    /// The time was over.
    static final class TooSlow extends IOException {
        private static final long serialVersionUID = 1;

        TooSlow(String message, TimeoutException cause) {
            super(message, cause);
        }
    }

    /// @param tooSlow what to say when the time is over
    /// @throws TooSlow if it took longer
    /// @throws IOException if it failed
    static <T> T run(Duration allowed, Supplier<String> tooSlow, Callable<T> call)
            throws IOException {
        FutureTask<T> task = new FutureTask<>(call);
        Thread thread = Thread.ofVirtual().name("transfer").start(task);
        try {
            return task.get(allowed.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            thread.interrupt();
            throw new TooSlow(tooSlow.get(), e);
        } catch (InterruptedException e) {
            thread.interrupt();
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("it was interrupted");
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case IOException io -> throw io;
                case RuntimeException failure -> throw failure;
                case Error error -> throw error;
                case null, default -> throw new IllegalStateException(e);
            }
        }
    }
}
