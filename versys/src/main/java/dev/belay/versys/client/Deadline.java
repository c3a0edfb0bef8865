package dev.belay.versys.client;

import java.time.Duration;

/// Does something after a while unless closed before. One daemon thread each.
final class Deadline implements AutoCloseable {
    private final Thread thread;

    Deadline(Duration after, Runnable bite) {
        thread =
                Thread.ofPlatform()
                        .daemon()
                        .name("watchdog")
                        .start(() -> {
                            try {
                                Thread.sleep(after);
                            } catch (InterruptedException e) {
                                return;
                            }
                            bite.run();
                        });
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
