package dev.belay.supervisor.words;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class WordsTest {
    @Test
    void sentencesNeverRunIntoEachOther() {
        assertThat(
                        Sentences.join(
                                "There is no way forward",
                                "",
                                " 11.0.25 was rejected on this host. ",
                                "Why? ",
                                "Nothing was changed"))
                .isEqualTo(
                        "There is no way forward. 11.0.25 was rejected on this host. Why? Nothing"
                                + " was changed.");
        assertThat(Sentences.join()).isEmpty();
    }

    @Test
    void momentsAreInUtcAndToTheSecond() {
        assertThat(Times.utc(Instant.parse("2026-11-20T09:14:21.987Z")))
                .isEqualTo("2026-11-20 09:14:21 UTC");
        assertThat(Times.utc(Instant.parse("2026-11-20T09:14:00Z")))
                .isEqualTo("2026-11-20 09:14:00 UTC");
    }

    @Test
    void durationsHaveOneDigitAfterThePoint() {
        assertThat(Times.seconds(Duration.ofMillis(14_649))).isEqualTo("14.6 s");
        assertThat(Times.seconds(0.05)).isEqualTo("0.1 s");
    }
}
