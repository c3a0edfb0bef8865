package dev.belay.supervisor.cli;

import dev.belay.supervisor.offer.StopRequest;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/// What Ctrl-C and SIGTERM do to this process: what it prepares is broken off, what it changes is
/// ended or put back, and it says so before it ends.
final class Interruption {
    private static final long PATIENCE_SECONDS = 4;
    private static final StopRequest REQUEST = new StopRequest();

    private static volatile @Nullable Runnable resident;

    private Interruption() {}

    /// The request that a signal makes.
    static StopRequest request() {
        return REQUEST;
    }

    /// What ends this process when it is asked to stop, if its command would go on for ever.
    static void endsBy(Runnable end) {
        resident = end;
    }

    /// Runs the command of this process.
    ///
    /// @return its status
    static int during(IntSupplier command) {
        CompletableFuture<Integer> ended = new CompletableFuture<>();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(ended), "interruption"));
        int status = command.getAsInt();
        ended.complete(status);
        return status;
    }

    /// The process ends when this returns, with 128 and the signal's number, unless it says better
    /// itself how it ended.
    private static void stop(CompletableFuture<Integer> ended) {
        if (ended.isDone()) {
            return; // an ordinary end
        }
        StopRequest.Met met = REQUEST.ask();
        Runnable end = resident;
        if (end != null) {
            end.run();
            return;
        }
        switch (met) {
            case NOTHING -> {}
            case PREPARING -> {
                try {
                    ended.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
                } catch (TimeoutException _) {
                    // it hangs in the kernel; nothing was changed
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            }
            case CHANGING -> Runtime.getRuntime().halt(ended.join());
        }
    }
}
