package dev.belay.supervisor.testing;

import com.sun.net.httpserver.Filter;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// A web server that takes requests and never answers, for chosen paths and until it is let go.
public final class Standstill extends Filter {
    private volatile String part = "";
    private volatile CountDownLatch caught = new CountDownLatch(0);
    private volatile CountDownLatch letGo = new CountDownLatch(0);

    /// From now on, requests whose path ends like this wait.
    public void begin(String ending) {
        caught = new CountDownLatch(1);
        letGo = new CountDownLatch(1);
        part = ending;
    }

    /// Returns when a request waits.
    public void awaitRequest() throws InterruptedException {
        if (!caught.await(2, TimeUnit.MINUTES)) {
            throw new IllegalStateException("nobody asked for " + part);
        }
    }

    /// Answers what waits, and everything from now on.
    public void end() {
        part = "";
        letGo.countDown();
    }

    @Override
    public void doFilter(HttpExchange exchange, Chain chain) throws IOException {
        if (!part.isEmpty() && exchange.getRequestURI().getPath().endsWith(part)) {
            caught.countDown();
            try {
                letGo.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
        chain.doFilter(exchange);
    }

    @Override
    public String description() {
        return "does not answer";
    }
}
