package dev.belay.server.push;

import dev.belay.server.catalog.ChannelName;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// Tells listening hosts that a channel changed, by server-sent events (WHATWG HTML, section 9.2).
///
/// An event is a hint to look, never authority: a host that hears a forged, repeated or late one
/// fetches signed metadata and finds nothing new. Ids are snapshot versions, so they only grow. A
/// frame is encoded once and shared; no thread waits for any client. Safe for use by many threads.
public final class EventHub implements AutoCloseable {
    private static final ByteBuffer HEARTBEAT = encode(": alive\n\n");
    private static final String RETRY = "retry: 3000\n\n";
    private final int maxStreams;
    private final Map<ChannelName, Set<EventStream>> streams = new ConcurrentHashMap<>();
    private final Map<ChannelName, Long> newest = new ConcurrentHashMap<>();
    private final AtomicInteger count = new AtomicInteger();
    private final ExecutorService sender =
            Executors.newSingleThreadExecutor(Thread.ofVirtual().name("events").factory());
    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("heartbeat").factory());

    /// @param maxStreams how many clients may listen at once
    /// @param heartbeat how often a silent stream gets a comment
    public EventHub(int maxStreams, Duration heartbeat) {
        this.maxStreams = maxStreams;
        var _ =
                timer.scheduleAtFixedRate(
                        () -> send(this::sendHeartbeats),
                        heartbeat.toMillis(),
                        heartbeat.toMillis(),
                        TimeUnit.MILLISECONDS);
    }

    /// Adds a listener. It is told at once what is newest, unless it knows that already: nothing is
    /// lost between its last look and now.
    ///
    /// @param lastEventId the last id that the client has seen
    /// @return false if as many listen as may; the sink was not used
    public boolean subscribe(ChannelName channel, OptionalLong lastEventId, FrameSink sink) {
        if (count.incrementAndGet() > maxStreams) {
            count.decrementAndGet();
            return false;
        }
        Set<EventStream> listeners =
                streams.computeIfAbsent(channel, _ -> ConcurrentHashMap.newKeySet());
        EventStream[] self = new EventStream[1];
        EventStream stream =
                new EventStream(
                        sink,
                        () -> {
                            if (listeners.remove(self[0])) {
                                count.decrementAndGet();
                            }
                        });
        self[0] = stream;
        listeners.add(stream);
        long known = newest.getOrDefault(channel, 0L);
        boolean upToDate = known == 0 || lastEventId.orElse(0) >= known;
        stream.send(encode(upToDate ? RETRY : RETRY + event(channel, known)));
        return true;
    }

    /// How many listen now.
    public int size() {
        return count.get();
    }

    /// Notes what is newest without telling anybody: for the start of the server.
    public void know(ChannelName channel, long snapshot) {
        newest.merge(channel, snapshot, Math::max);
    }

    /// Tells everybody who listens to this channel. Returns before they have heard.
    public void publish(ChannelName channel, long snapshot) {
        know(channel, snapshot);
        ByteBuffer frame = encode(event(channel, snapshot));
        send(() ->
                streams.getOrDefault(channel, Set.of())
                        .forEach(stream -> stream.send(frame.duplicate())));
    }

    /// How many clients listen.
    public int listeners() {
        return count.get();
    }

    /// Ends all streams in good order. Closing twice is the same as once.
    @Override
    public void close() {
        timer.shutdownNow();
        if (sender.isShutdown()) {
            return;
        }
        sender.execute(() -> streams.values().forEach(set -> set.forEach(EventStream::end)));
        sender.close();
    }

    private void send(Runnable broadcast) {
        try {
            sender.execute(broadcast);
        } catch (RejectedExecutionException e) {
            // Closed meanwhile: nobody listens any more.
        }
    }

    private void sendHeartbeats() {
        streams.values().forEach(set -> set.forEach(s -> s.sendIfIdle(HEARTBEAT.duplicate())));
    }

    private static String event(ChannelName channel, long snapshot) {
        return "id: %d\nevent: channel\ndata: {\"product\":\"%s\",\"channel\":\"%s\",\"snapshot\":%d}\n\n"
                .formatted(snapshot, channel.product(), channel.channel(), snapshot);
    }

    private static ByteBuffer encode(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)).asReadOnlyBuffer();
    }
}
