package dev.belay.supervisor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.supervisor.status.Event;
import dev.belay.supervisor.status.RunKind;
import dev.belay.supervisor.status.Step;
import dev.belay.versys.version.Version;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ProgressTest {
    private static final int WIDTH = 60;
    private static final Instant BEGIN = Instant.parse("2026-11-20T10:00:00Z");
    private final StringWriter out = new StringWriter();

    @Test
    void whatIsDrawnOverNeverReachesTheEdgeOfTheWindow() {
        try (Progress progress = new Progress(new PrintWriter(out), true, WIDTH)) {
            progress.heard(begun("a step with many words ".repeat(9), 0));
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
        Version from = Version.of("1.0.0");
        Version to = Version.of("2.0.0");
        try (Progress progress = new Progress(new PrintWriter(out), false, WIDTH)) {
            progress.heard(
                    new Event.Begun(BEGIN, "t", RunKind.UPDATE, from, to, "1.0.0 -> 2.0.0 update"));
            progress.heard(begun("downloading 2.0.0", 0));
            progress.heard(counted(25, 100));
            progress.heard(new Event.StepDone(at(2), "t", 0, Step.DOWNLOAD, "2.0.0, 1 MB"));
            progress.heard(new Event.HopBegun(at(2), "t", 1, from, to));
            progress.heard(begun("waiting until it is healthy", 2));
            progress.heard(
                    new Event.Failed(
                            at(12), "t", 1, Step.HEALTH, "k", "why is told at the end", null));
            progress.heard(new Event.RolledBack(at(13), "t", 1, from));
        }
        assertThat(out.toString().lines())
                .containsExactly(
                        "1.0.0 -> 2.0.0 update",
                        "  downloading 2.0.0: 2.0.0, 1 MB (2.0 s)",
                        "1.0.0 -> 2.0.0 hop 1",
                        "  waiting until it is healthy: failed (10.0 s)",
                        "  1.0.0 is back with its configuration and data as they were");
    }

    private static Instant at(long second) {
        return BEGIN.plusSeconds(second);
    }

    private static Event begun(String message, long second) {
        return new Event.StepBegun(at(second), "t", 1, Step.HEALTH, message);
    }

    private static Event counted(long done, long total) {
        return new Event.Progress(at(1), "t", 1, Step.HEALTH, done, total);
    }
}
