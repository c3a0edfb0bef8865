package dev.belay.supervisor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.supervisor.status.Event;
import dev.belay.supervisor.status.EventNames;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ProgressTest {
    private static final int WIDTH = 60;
    private static final Instant BEGIN = Instant.parse("2026-11-20T10:00:00Z");
    private final StringWriter out = new StringWriter();

    @Test
    void whatIsDrawnOverNeverReachesTheEdgeOfTheWindow() {
        try (Progress progress = new Progress(new PrintWriter(out), true, WIDTH)) {
            progress.heard(event(EventNames.STEP_BEGUN, "a step with many words ".repeat(9), 0));
            progress.heard(counted(25, 100));
            progress.heard(counted(100, 100));
        }
        assertThat(out.toString().split("\r\033\\[K"))
                .hasSizeGreaterThan(3)
                .allSatisfy(drawn -> assertThat(drawn).hasSizeLessThan(WIDTH));
        assertThat(out.toString())
                .contains("[######                  ]  25 %", "] 100 %")
                .doesNotContain("\n")
                .endsWith("\r\033[K");
    }

    @Test
    void elsewhereThereIsOnePlainLinePerStep() {
        try (Progress progress = new Progress(new PrintWriter(out), false, WIDTH)) {
            progress.heard(event(EventNames.BEGUN, "1.0.0 -> 2.0.0 update", 0));
            progress.heard(event(EventNames.STEP_BEGUN, "downloading 2.0.0", 0));
            progress.heard(counted(25, 100));
            progress.heard(event(EventNames.STEP_DONE, "2.0.0, 1 MB", 2));
            progress.heard(event(EventNames.STEP_BEGUN, "waiting until it is healthy", 2));
            progress.heard(event(EventNames.FAILED, "why is told at the end", 12));
            progress.heard(event(EventNames.ROLLED_BACK, "1.0.0 runs again", 13));
        }
        assertThat(out.toString().lines())
                .containsExactly(
                        "1.0.0 -> 2.0.0 update",
                        "  downloading 2.0.0: 2.0.0, 1 MB (2.0 s)",
                        "  waiting until it is healthy: failed (10.0 s)",
                        "  1.0.0 runs again");
    }

    private static Event event(String name, String message, long second) {
        return event(name, message, second, null, null);
    }

    private static Event counted(long done, long total) {
        return event(EventNames.PROGRESS, "", 1, done, total);
    }

    private static Event event(
            String name, String message, long second, @Nullable Long done, @Nullable Long total) {
        return new Event(
                BEGIN.plusSeconds(second), "t", name, 1, "step", done, total, message, null);
    }
}
