package dev.belay.server.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.server.cli.TestServer;
import dev.belay.server.cli.UnverifiedRepository;
import dev.belay.server.metrics.Counter;
import dev.belay.server.metrics.Counters;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the server does by itself.
class UpkeepTest {
    private static final String DELEGATION =
            "\"delegations\":{\"roles\":[{\"name\":\"shop-releases\","
                    + "\"paths\":[\"shop/releases/*/*\"]}]}";

    @Test
    void renewsWhenDueAndGoesOnAfterAFailure(@TempDir Path directory) throws Exception {
        UnverifiedRepository repository = new UnverifiedRepository(directory);
        Publications publications = new Publications(repository, (channel, snapshot) -> {});
        publications.commit(
                Map.of(
                        "root", TestServer.signed("\"version\":1"),
                        "targets", TestServer.signed("\"version\":1," + DELEGATION)));
        BlockingQueue<String> pruned = new LinkedBlockingQueue<>();
        Counters counters = new Counters();
        InstantSource lateInTime = InstantSource.fixed(Instant.parse("2030-01-02T00:00:00Z"));
        try (Upkeep _ =
                new Upkeep(
                        publications,
                        product -> {
                            pruned.add(product);
                            throw new IllegalStateException("the disk is full");
                        },
                        (roles, now) -> {},
                        counters,
                        lateInTime,
                        Duration.ofMillis(5))) {
            assertThat(pruned.poll(10, TimeUnit.SECONDS)).isEqualTo("shop");
            assertThat(publications.current().snapshot()).isEqualTo(1);

            repository.makeRenewalDue();

            Awaitility.await().until(() -> publications.current().snapshot() == 2);
            assertThat(pruned.poll(10, TimeUnit.SECONDS)).isEqualTo("shop");
            assertThat(counters.of(Counter.RENEWALS)).isEqualTo(1);
            assertThat(counters.of(Counter.UPKEEP_FAILURES)).isPositive();
        }
    }

    @Test
    void warnsAlsoWhenNothingCanBeRenewed(@TempDir Path directory) throws Exception {
        UnverifiedRepository repository =
                new UnverifiedRepository(directory) {
                    @Override
                    public synchronized boolean renewIfDue() {
                        throw new IllegalStateException("the online key is gone");
                    }
                };
        Publications publications = new Publications(repository, (channel, snapshot) -> {});
        publications.commit(
                Map.of(
                        "root", TestServer.signed("\"version\":1"),
                        "targets", TestServer.signed("\"version\":1," + DELEGATION)));
        BlockingQueue<List<RoleExpiry>> warned = new LinkedBlockingQueue<>();
        try (Upkeep _ =
                new Upkeep(
                        publications,
                        product -> {},
                        (roles, now) -> warned.add(roles),
                        new Counters(),
                        InstantSource.system(),
                        Duration.ofMillis(5))) {
            assertThat(warned.poll(10, TimeUnit.SECONDS))
                    .extracting(RoleExpiry::role)
                    .contains("timestamp", "root", "targets");
        }
    }

    @Test
    void aRenewalIsNoChangeOfAChannel(@TempDir Path directory) {
        UnverifiedRepository repository = new UnverifiedRepository(directory);
        BlockingQueue<ChannelName> changes = new LinkedBlockingQueue<>();
        Publications publications =
                new Publications(repository, (channel, snapshot) -> changes.add(channel));
        publications.commit(
                Map.of(
                        "root", TestServer.signed("\"version\":1"),
                        "targets",
                                TestServer.signed(
                                        "\"version\":1,\"delegations\":{\"roles\":[{\"name\":"
                                                + "\"shop-channel-beta\",\"paths\":"
                                                + "[\"shop/channels/beta.json\"]}]}")));
        assertThat(changes).containsExactly(new ChannelName("shop", "beta"));

        repository.makeRenewalDue();

        assertThat(publications.renew()).isTrue();
        assertThat(publications.renew()).isFalse();
        assertThat(changes).hasSize(1);
    }

    @Test
    void expiriesAreSoonBeforeTheyArePast() {
        Instant expires = Instant.parse("2026-12-31T00:00:00Z");
        RoleExpiry vendors = new RoleExpiry("targets", 1, expires, false);
        RoleExpiry online = new RoleExpiry("timestamp", 1, expires, true);

        assertThat(vendors.at(expires.minus(Duration.ofDays(31)))).isEqualTo(RoleExpiry.State.GOOD);
        assertThat(vendors.at(expires.minus(Duration.ofDays(30)))).isEqualTo(RoleExpiry.State.SOON);
        assertThat(online.at(expires.minus(Duration.ofHours(7)))).isEqualTo(RoleExpiry.State.GOOD);
        assertThat(online.at(expires.minus(Duration.ofHours(6)))).isEqualTo(RoleExpiry.State.SOON);
        assertThat(online.at(expires)).isEqualTo(RoleExpiry.State.EXPIRED);
    }
}
