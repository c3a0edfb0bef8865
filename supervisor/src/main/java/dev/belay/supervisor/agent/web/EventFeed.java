package dev.belay.supervisor.agent.web;

import dev.belay.supervisor.json.Json;
import io.javalin.http.Context;
import io.javalin.http.sse.SseClient;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// `GET /api/events`: follows `events.jsonl` for a page. Two kinds of events: `log`, a line of the
/// file with its end as the id, and `status`, what `GET /api/status` would answer, whenever that
/// changed. Somebody who brings no `Last-Event-ID` (or `?after=`) begins at the newest transaction.
final class EventFeed {
    private static final int MAX_CLIENTS = 16;
    private static final Duration LOG_EVERY = Duration.ofMillis(150);
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int STATUS_EVERY = 5; // turns
    private static final int COMMENT_EVERY = 100; // turns, 15 s

    private final EventTail log;
    private final AdminActions actions;
    private final Set<SseClient> clients = ConcurrentHashMap.newKeySet();
    private final Set<Thread> followers = ConcurrentHashMap.newKeySet();
    private final CountDownLatch closed = new CountDownLatch(1);

    EventFeed(EventTail log, AdminActions actions) {
        this.log = log;
        this.actions = actions;
    }

    /// Takes a client over; its events come from a thread of its own.
    void serve(SseClient client) {
        client.keepAlive();
        client.onClose(() -> clients.remove(client));
        clients.add(client);
        if (clients.size() > MAX_CLIENTS) {
            clients.stream().findFirst().ifPresent(SseClient::close);
        }
        Optional<Long> resume = resumeFrom(client.ctx());
        Thread follower =
                Thread.ofVirtual().name("event-feed").unstarted(() -> follow(client, resume));
        followers.add(follower);
        follower.start();
    }

    /// Ends all streams. Each is ended by the thread that writes to it: one that is closed in the
    /// middle of a write may stay open for ever.
    void close() throws InterruptedException {
        closed.countDown();
        for (Thread follower : List.copyOf(followers)) {
            follower.join(PATIENCE);
        }
    }

    private void follow(SseClient client, Optional<Long> resume) {
        try {
            long position = resume.isPresent() ? resume.get() : log.newestTransaction();
            String shown = "";
            for (int turn = 0; !client.terminated(); turn++) {
                List<EventTail.Line> lines = log.after(position);
                for (EventTail.Line line : lines) {
                    if (client.terminated()) {
                        return;
                    }
                    client.sendEvent("log", line.json(), Long.toString(line.end()));
                    position = line.end();
                }
                if (turn % STATUS_EVERY == 0) {
                    String status = Json.line(actions.status());
                    if (!status.equals(shown)) {
                        client.sendEvent("status", status);
                        shown = status;
                    }
                }
                if (turn % COMMENT_EVERY == 0) {
                    client.sendComment("still here");
                }
                if (closed.await(LOG_EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
                    break;
                }
            }
        } catch (IOException | RuntimeException e) {
            // the page reconnects and resumes; whatever was wrong shows in /api/status
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            client.close();
            followers.remove(Thread.currentThread());
        }
    }

    private static Optional<Long> resumeFrom(Context context) {
        String header = context.header("Last-Event-ID");
        String last = header == null ? context.queryParam("after") : header;
        return last != null && last.matches("[0-9]{1,18}")
                ? Optional.of(Long.parseLong(last))
                : Optional.empty();
    }
}
