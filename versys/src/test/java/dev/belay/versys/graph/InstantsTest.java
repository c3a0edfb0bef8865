package dev.belay.versys.graph;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InstantsTest {
    private static final long FROM = Instant.parse("0000-01-01T00:00:00Z").getEpochSecond();
    private static final long TO = Instant.parse("9999-12-31T23:59:59Z").getEpochSecond();
    private static final String CHARACTERS = "0123456789-:TZtz.+ \u0664";

    /// What was read, or the refusal.
    private static Object outcome(Function<String, Instant> parse, String text) {
        try {
            return parse.apply(text);
        } catch (DateTimeParseException e) {
            return String.valueOf(e.getMessage());
        }
    }

    private static void same(String text) {
        assertThat(outcome(Instants::parse, text))
                .as(text)
                .isEqualTo(outcome(Instant::parse, text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "2026-11-20",
                "2026-11-20T09:00:00Z",
                "2026-11-20T09:00:00z",
                "2026-11-20t09:00:00Z",
                "2026-11-20 09:00:00Z",
                "2026-11-20T09:00:00",
                "2026-11-20T09:00:00.5Z",
                "2026-11-20T09:00:00+01:00",
                "2026-11-20T24:00:00Z",
                "2026-11-20T24:00:01Z",
                "2016-12-31T23:59:60Z",
                "2016-12-30T23:59:60Z",
                "2026-11-20T23:60:00Z",
                "2024-02-29T00:00:00Z",
                "2026-02-29T00:00:00Z",
                "2026-00-20T00:00:00Z",
                "2026-13-20T00:00:00Z",
                "2026-11-00T00:00:00Z",
                "0000-01-01T00:00:00Z",
                "-001-01-01T00:00:00Z",
                "+026-11-20T09:00:00Z",
                "+12026-11-20T09:00:00Z"
            })
    void readsAndRefusesWhatTheLibraryDoes(String text) {
        same(text);
    }

    @Test
    void agreesWithTheLibraryOnAnyMomentAndOnTyposInIt() {
        Random random = new Random(8);
        for (int i = 0; i < 20_000; i++) {
            String text = Instant.ofEpochSecond(random.nextLong(FROM, TO)).toString();
            same(text);
            StringBuilder typo = new StringBuilder(text);
            char other = CHARACTERS.charAt(random.nextInt(CHARACTERS.length()));
            typo.setCharAt(random.nextInt(text.length()), other);
            same(typo.toString());
        }
    }
}
