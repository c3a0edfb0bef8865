package dev.belay.server.http;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.component.ContainerLifeCycle;
import org.eclipse.jetty.util.thread.ScheduledExecutorScheduler;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;

/// Drops connections on which the headers of a request do not come to an end. A connector's idle
/// timeout begins anew with every byte, so that one byte now and then would keep a connection for
/// ever; here the time runs until a whole header is there.
final class SlowHeaders extends ContainerLifeCycle implements Connection.Listener {
    /// @param busyWith the request that a connection has; null while it waits for the next one
    /// @param since when it began to wait
    private record State(@Nullable Request busyWith, long since) {
        static State waiting() {
            return new State(null, System.nanoTime());
        }
    }

    private final Map<Connection, State> connections = new ConcurrentHashMap<>();
    private final Scheduler scheduler = new ScheduledExecutorScheduler("slow-headers", true);
    private final Duration patience;

    /// @param patience how long a header may take, counted from the end of the request before
    SlowHeaders(Duration patience) {
        this.patience = patience;
        installBean(scheduler);
    }

    /// A header has come in whole.
    void complete(Request request) {
        Connection connection = request.getConnectionMetaData().getConnection();
        State busy = new State(request, 0);
        connections.replace(connection, busy);
        // the next request may be there already when this one is said to have ended
        Request.addCompletionListener(
                request, _ -> connections.replace(connection, busy, State.waiting()));
    }

    @Override
    public void onOpened(Connection connection) {
        connections.put(connection, State.waiting());
    }

    @Override
    public void onClosed(Connection connection) {
        connections.remove(connection);
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        scheduleNext();
    }

    private void scheduleNext() {
        scheduler.schedule(this::sweep, patience.toMillis() / 4, TimeUnit.MILLISECONDS);
    }

    private void sweep() {
        long now = System.nanoTime();
        connections.forEach((connection, state) -> {
            if (state.busyWith() == null && now - state.since() > patience.toNanos()) {
                connection.getEndPoint().close();
            }
        });
        if (isRunning()) {
            scheduleNext();
        }
    }
}
