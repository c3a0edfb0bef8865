package dev.belay.supervisor.agent.push;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BackoffTest {
    private final Backoff backoff = new Backoff(Duration.ofSeconds(2), Duration.ofMinutes(5));

    @Test
    void waitsGrowAndAreCapped() {
        SplittableRandom random = new SplittableRandom(1);
        for (int attempt = 0; attempt < 200; attempt++) {
            long step = Math.min(300_000, 2000L << Math.min(attempt, 20));
            assertThat(backoff.delay(attempt, random).toMillis()).isBetween(step / 2, step);
        }
    }

    @Test
    void tenThousandHostsDoNotComeBackTogether() {
        int[] perSecond = new int[300];
        IntStream.range(0, 10_000)
                .mapToLong(host -> backoff.delay(8, new SplittableRandom(host)).toSeconds())
                .forEach(second -> perSecond[(int) Math.min(299, second)]++);
        assertThat(IntStream.of(perSecond).max().getAsInt()).isLessThan(150);
    }

    @Test
    void nonsenseIsRefused() {
        assertThatThrownBy(() -> new Backoff(Duration.ZERO, Duration.ofSeconds(1)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Backoff(Duration.ofSeconds(2), Duration.ofSeconds(1)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
