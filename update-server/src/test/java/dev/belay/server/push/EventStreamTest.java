package dev.belay.server.push;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.server.catalog.ChannelName;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What listening hosts see, and what a bad one cannot do.
class EventStreamTest {
    private static final ChannelName STABLE = new ChannelName("shop", "stable");
    private EventHub hub = new EventHub(3, Duration.ofDays(1));

    @AfterEach
    void close() {
        hub.close();
    }

    /// A client that takes frames, or does not.
    private static class Client implements FrameSink {
        final BlockingQueue<String> frames = new LinkedBlockingQueue<>();
        final AtomicInteger cuts = new AtomicInteger();
        final AtomicInteger ends = new AtomicInteger();
        private final boolean takes;

        Client(boolean takes) {
            this.takes = takes;
        }

        @Override
        public void write(ByteBuffer frame, Consumer<Throwable> done) {
            byte[] bytes = new byte[frame.remaining()];
            frame.get(bytes);
            frames.add(new String(bytes, StandardCharsets.UTF_8));
            if (takes) {
                done.accept(null);
            }
        }

        @Override
        public void end() {
            ends.incrementAndGet();
        }

        @Override
        public void cut() {
            cuts.incrementAndGet();
        }

        String next() throws InterruptedException {
            return frames.poll(10, TimeUnit.SECONDS);
        }
    }

    @Test
    void everyListenerHearsOfAChange() throws Exception {
        Client one = listen(new Client(true), OptionalLong.empty());
        Client two = listen(new Client(true), OptionalLong.empty());

        hub.publish(STABLE, 7);

        String expected =
                "id: 7\nevent: channel\n"
                        + "data: {\"product\":\"shop\",\"channel\":\"stable\",\"snapshot\":7}\n\n";
        assertThat(one.next()).startsWith("retry: ");
        assertThat(one.next()).isEqualTo(expected);
        assertThat(two.next()).startsWith("retry: ");
        assertThat(two.next()).isEqualTo(expected);
    }

    @Test
    void aListenerOfAnotherChannelHearsNothing() throws Exception {
        Client other = new Client(true);
        hub.subscribe(new ChannelName("shop", "beta"), OptionalLong.empty(), other);
        Client stable = listen(new Client(true), OptionalLong.empty());

        hub.publish(STABLE, 7);

        assertThat(stable.next()).startsWith("retry: ");
        assertThat(stable.next()).contains("id: 7");
        assertThat(other.frames).hasSize(1);
    }

    @Test
    void aListenerThatComesBackHearsWhatItMissed() throws Exception {
        hub.know(STABLE, 7);

        assertThat(listen(new Client(true), OptionalLong.of(5)).next()).contains("id: 7");
        assertThat(listen(new Client(true), OptionalLong.of(7)).next()).doesNotContain("id:");
        assertThat(listen(new Client(true), OptionalLong.empty()).next()).contains("id: 7");
    }

    @Test
    void n05_aClientThatTakesNothingIsCutOffAndTheOthersGoOn() {
        Client slow = listen(new Client(false), OptionalLong.empty());
        Client good = listen(new Client(true), OptionalLong.empty());

        for (int i = 1; i <= EventStream.MAX_WAITING + 2; i++) {
            hub.publish(STABLE, i);
        }

        Awaitility.await().until(() -> slow.cuts.get() == 1);
        assertThat(slow.frames).hasSize(1);
        Awaitility.await().until(() -> good.frames.size() == EventStream.MAX_WAITING + 3);
        assertThat(hub.listeners()).isEqualTo(1);
    }

    @Test
    void aClientWhoseConnectionFailsIsForgotten() {
        FrameSink broken =
                new Client(true) {
                    @Override
                    public void write(ByteBuffer frame, Consumer<Throwable> done) {
                        done.accept(new IOException("gone"));
                    }
                };
        hub.subscribe(STABLE, OptionalLong.empty(), broken);

        assertThat(hub.listeners()).isZero();
    }

    @Test
    void onlySoManyMayListen() {
        for (int i = 0; i < 3; i++) {
            listen(new Client(true), OptionalLong.empty());
        }

        assertThat(hub.subscribe(STABLE, OptionalLong.empty(), new Client(true))).isFalse();
        assertThat(hub.listeners()).isEqualTo(3);
    }

    @Test
    void aSilentStreamGetsSignsOfLifeAndAStalledOneIsNotFilledWithThem() throws Exception {
        hub.close();
        hub = new EventHub(3, Duration.ofMillis(10));
        Client stalled = listen(new Client(false), OptionalLong.empty());
        Client good = listen(new Client(true), OptionalLong.empty());

        assertThat(good.next()).startsWith("retry: ");
        for (int i = 0; i < EventStream.MAX_WAITING + 2; i++) {
            assertThat(good.next()).isEqualTo(": alive\n\n");
        }
        assertThat(stalled.frames).hasSize(1);
        assertThat(stalled.cuts).hasValue(0);
    }

    @Test
    void closingEndsTheStreamsInGoodOrderAndOnce() {
        Client client = listen(new Client(true), OptionalLong.empty());

        hub.close();
        hub.close();
        hub.publish(STABLE, 9);

        assertThat(client.ends).hasValue(1);
        assertThat(client.cuts).hasValue(0);
        assertThat(hub.listeners()).isZero();
    }

    private Client listen(Client client, OptionalLong lastEventId) {
        assertThat(hub.subscribe(STABLE, lastEventId, client)).isTrue();
        return client;
    }
}
