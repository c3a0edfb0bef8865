package dev.belay.supervisor.json;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.packaging.digest.Digest;
import dev.belay.supervisor.offer.Forecast;
import dev.belay.supervisor.run.Outcome;
import dev.belay.supervisor.status.Event;
import dev.belay.supervisor.status.RejectedRelease;
import dev.belay.supervisor.status.RunKind;
import dev.belay.supervisor.status.RunOutcome;
import dev.belay.supervisor.status.Step;
import dev.belay.versys.version.Version;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The dialect, as scripts and pages of others read it.
class JsonDialectTest {
    private static final Instant AT = Instant.parse("2026-01-02T03:04:05Z");
    private static final Version ONE = Version.of("1.0.0");
    private static final Version TWO = Version.of("2.0.0");

    @Test
    void everyEventReadsBackAsItWasWritten() {
        List<String> output = List.of("last line");
        List<Event> events =
                List.of(
                        new Event.Available(AT, TWO, "2.0.0 is available."),
                        new Event.StalenessAccepted(AT, "an old file"),
                        new Event.ProbationFailed(AT, TWO, "it answered 500"),
                        new Event.Begun(AT, "t", RunKind.ROLLBACK, TWO, ONE, "back"),
                        new Event.Foreseen(AT, "t", "29 MB to download"),
                        new Event.HopBegun(AT, "t", 1, ONE, TWO),
                        new Event.StepBegun(AT, "t", 1, Step.SET_ASIDE, "setting aside"),
                        new Event.Progress(AT, "t", 0, Step.DOWNLOAD, 5, 10),
                        new Event.StepDone(AT, "t", 1, Step.BACK_UP, ""),
                        new Event.Committed(AT, "t", 1, TWO),
                        new Event.Failed(AT, "t", 1, Step.HEALTH, "k", "m", output),
                        new Event.Failed(AT, "t", 1, null, "k", "m", null),
                        new Event.RolledBack(AT, "t", 1, ONE),
                        new Event.NotRolledBack(AT, "t", 1, "k", "m", output),
                        new Event.Recovered(AT, "t", "m"),
                        new Event.Ended(AT, "t", RunOutcome.NOT_ROLLED_BACK, "k", "m"));
        for (Event event : events) {
            assertThat(Json.read(Json.line(event), Event.class)).isEqualTo(event);
        }
        assertThat(events.stream().map(Object::getClass).distinct().count())
                .as("every kind of event is here")
                .isEqualTo(leaves(Event.class));
    }

    private static long leaves(Class<?> type) {
        long sum = 0;
        for (Class<?> sub : type.getPermittedSubclasses()) {
            sum += sub.isInterface() ? leaves(sub) : 1;
        }
        return sum;
    }

    @Test
    void anEventSaysWhatHappenedInFieldsAndInWords() {
        assertThat(Json.line(new Event.HopBegun(AT, "t", 1, ONE, TWO)))
                .isEqualTo(
                        "{\"event\":\"hop-begun\",\"at\":\"2026-01-02T03:04:05Z\","
                                + "\"transaction\":\"t\",\"hop\":1,\"from\":\"1.0.0\","
                                + "\"to\":\"2.0.0\",\"message\":\"1.0.0 -> 2.0.0 hop 1\"}");
        assertThat(Json.line(new Event.StepBegun(AT, "t", 1, Step.SET_ASIDE, "m")))
                .contains("\"step\":\"set-aside\"");
        assertThat(Json.line(new Event.Ended(AT, "t", RunOutcome.ROLLED_BACK, null, "m")))
                .contains("\"outcome\":\"rolled-back\"")
                .doesNotContain("null", "kind");
    }

    @Test
    void anOutcomeIsNamedAndItsFiguresStandBesideIt() {
        Outcome.RunFigures figures =
                new Outcome.RunFigures(
                        Duration.ofMillis(1500),
                        7,
                        8,
                        List.of(
                                new Outcome.HopFigures(
                                        ONE,
                                        TWO,
                                        Duration.ofMillis(1250),
                                        Duration.ofMillis(250))));
        assertThat(Json.line(new Outcome.Updated("t", RunKind.UPDATE, ONE, TWO, figures, "done")))
                .contains("\"outcome\":\"updated\"", "\"kind\":\"updated\"", "\"run\":\"update\"")
                .contains("\"from\":\"1.0.0\"", "\"installed\":\"2.0.0\"")
                .contains("\"seconds\":1.5", "\"downloaded-bytes\":7", "\"backup-bytes\":8")
                .contains("\"downtime-seconds\":0.25")
                .doesNotContain("figures");
        assertThat(Json.line(new Outcome.PlanChanged(List.of("a file was changed"))))
                .contains("\"outcome\":\"plan-changed\"", "a file was changed", "\"help\":");
    }

    @Test
    void sizesAndTimesNameTheirUnits() {
        assertThat(
                        Json.line(
                                new Forecast(
                                        1,
                                        20,
                                        21,
                                        22,
                                        2,
                                        3,
                                        Duration.ofSeconds(4),
                                        Duration.ofSeconds(5),
                                        "b")))
                .isEqualTo(
                        "{\"download-bytes\":1,\"unpack-bytes\":20,\"backup-bytes\":21,"
                                + "\"copy-bytes\":22,\"disk-bytes\":2,\"free-bytes\":3,\"seconds\":4.0,"
                                + "\"downtime-seconds\":5.0,\"basis\":\"b\"}");
    }

    @Test
    void versionsAndDigestsAreText() {
        RejectedRelease release =
                new RejectedRelease(
                        TWO, Digest.parse("sha256:" + "ab".repeat(32)), AT, "t", "k", "r");
        String json = Json.line(release);
        assertThat(json).contains("\"version\":\"2.0.0\"", "\"digest\":\"sha256:abab");
        assertThat(Json.read(json, RejectedRelease.class)).isEqualTo(release);
        assertThat(
                        Json.read("{\"version\":\"2.0.0\",\"digest\":\"\"}", RejectedRelease.class)
                                .digest())
                .as("as earlier supervisors wrote it")
                .isNull();
    }
}
