package dev.belay.supervisor.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.packaging.digest.Digest;
import dev.belay.supervisor.json.Json;
import dev.belay.supervisor.json.RecordReader;
import dev.belay.supervisor.settings.ChainPolicy;
import dev.belay.supervisor.status.RunKind;
import dev.belay.supervisor.status.RunOutcome;
import dev.belay.supervisor.status.Step;
import dev.belay.versys.version.Version;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecoveryTest {
    private static final Instant AT = Instant.parse("2026-01-02T03:04:05Z");
    private static final HopIntent FIRST = hop(1, "1", "2");
    private static final HopIntent SECOND = hop(2, "2", "3");
    private static final Failure SICK =
            new Failure("health-timeout", "It never came up.", Step.HEALTH, List.of(), null);

    @Test
    void nothingWasBegun() {
        assertThat(Recovery.decide(List.of())).isInstanceOf(RecoveryAction.Nothing.class);
    }

    @Test
    void aRunWithoutAHopIsAbandoned() {
        assertThat(Recovery.decide(List.of(begun()))).isEqualTo(new RecoveryAction.Abandon());
    }

    @Test
    void everyPointInsideOfAHopLeadsBack() {
        List<JournalRecord> records = hop(FIRST);
        for (int cut = 2; cut <= records.size(); cut++) {
            assertThat(Recovery.decide(records.subList(0, cut)))
                    .as("after %s", records.get(cut - 1))
                    .isEqualTo(new RecoveryAction.RollBack(FIRST, Failure.interrupted(), null));
        }
    }

    @Test
    void aReleaseThatWasStartedIsLookedAtBeforeItIsPutBack() {
        List<JournalRecord> records = hop(FIRST);
        Instant started = AT.plusSeconds(5);
        records.add(new JournalRecord.StepBegun(started, 1, Step.START));
        records.add(new JournalRecord.StepBegun(AT.plusSeconds(9), 1, Step.START));
        assertThat(Recovery.decide(records)).isEqualTo(new RecoveryAction.Finish(FIRST, started));
        Instant decided = AT.plusSeconds(11);
        records.add(new JournalRecord.RollbackBegun(decided, 1, SICK));
        assertThat(Recovery.decide(records))
                .isEqualTo(new RecoveryAction.RollBack(FIRST, SICK, decided));
    }

    @Test
    void aCommittedHopStays() {
        List<JournalRecord> records = hop(FIRST);
        records.add(new JournalRecord.Committed(AT, 1));
        assertThat(Recovery.decide(records)).isEqualTo(new RecoveryAction.CloseCommitted(FIRST));
    }

    @Test
    void aSecondHopLeadsBackToTheFirst() {
        List<JournalRecord> records = hop(FIRST);
        records.add(new JournalRecord.Committed(AT, 1));
        records.add(new JournalRecord.HopBegun(AT, SECOND));
        records.add(new JournalRecord.StepBegun(AT, 2, Step.STOP));
        assertThat(Recovery.decide(records))
                .isEqualTo(new RecoveryAction.RollBack(SECOND, Failure.interrupted(), null));
    }

    @Test
    void anInterruptedRollbackIsBegunAgainWithItsCause() {
        List<JournalRecord> records = hop(FIRST);
        records.add(new JournalRecord.RollbackBegun(AT, 1, SICK));
        assertThat(Recovery.decide(records))
                .isEqualTo(new RecoveryAction.RollBack(FIRST, SICK, null));
        records.add(new JournalRecord.RolledBack(AT, 1));
        assertThat(Recovery.decide(records))
                .isEqualTo(new RecoveryAction.CloseRolledBack(FIRST, SICK));
    }

    @Test
    void aFailedRollbackKeepsBothCausesForAPerson() {
        List<JournalRecord> records = hop(FIRST);
        Failure second = new Failure("io-error", "The disk is gone.", Step.ROLL_BACK);
        records.add(new JournalRecord.RollbackBegun(AT, 1, SICK));
        records.add(new JournalRecord.RollbackFailed(AT, 1, SICK, second));
        assertThat(Recovery.decide(records))
                .isEqualTo(new RecoveryAction.NeedsPerson(FIRST, SICK, second, null));
        records.add(new JournalRecord.RolledBack(AT, 1));
        assertThat(Recovery.decide(records))
                .isEqualTo(new RecoveryAction.CloseRolledBack(FIRST, SICK));
    }

    @Test
    void aClosedRunNeedsNothing() {
        List<JournalRecord> records = hop(FIRST);
        records.add(new JournalRecord.Committed(AT, 1));
        records.add(new JournalRecord.RunEnded(AT, RunOutcome.UPDATED));
        assertThat(Recovery.decide(records)).isInstanceOf(RecoveryAction.Nothing.class);
    }

    @Test
    void everyRecordReadsBackAsItWasWritten() {
        List<JournalRecord> records = hop(FIRST);
        records.add(new JournalRecord.Committed(AT, 1));
        records.add(new JournalRecord.RollbackBegun(AT, 1, SICK));
        records.add(new JournalRecord.RolledBack(AT, 1));
        records.add(new JournalRecord.RollbackFailed(AT, 1, SICK, SICK));
        records.add(new JournalRecord.RunEnded(AT, RunOutcome.UPDATED));
        for (JournalRecord entry : records) {
            assertThat(RecordReader.read(Json.line(entry), JournalRecord.class)).isEqualTo(entry);
        }
    }

    @Test
    void whatEarlierSupervisorsWroteKeepsItsMeaning() {
        String forward =
                "{\"record\":\"hop-begun\",\"at\":\"2026-01-02T03:04:05Z\",\"hop\":{\"number\":1,"
                        + "\"from\":\"1\",\"to\":\"2\",\"digest\":\"%s\",\"before\":\"b\","
                        + "\"next\":\"n\",\"failed\":\"%s\"}}";
        String digest = "sha256:" + "ab".repeat(32);
        assertThat(kind(forward.formatted(digest, "f"))).isEqualTo(RunKind.UPDATE);
        assertThat(kind(forward.formatted("", "f"))).isEqualTo(RunKind.RESTORE);
        assertThat(kind(forward.formatted("", "n"))).isEqualTo(RunKind.ROLLBACK);
        JournalRecord begun =
                RecordReader.read(
                        "{\"record\":\"run-begun\",\"at\":\"2026-01-02T03:04:05Z\","
                                + "\"transaction\":\"t\",\"chain\":[\"1\",\"2\"]}",
                        JournalRecord.class);
        assertThat(((JournalRecord.RunBegun) begun).kind()).isEqualTo(RunKind.UPDATE);
    }

    private static RunKind kind(String line) {
        JournalRecord entry = RecordReader.read(line, JournalRecord.class);
        return ((JournalRecord.HopBegun) entry).hop().kind();
    }

    @Test
    void onlyTheReleasesOwnStepsBlameIt() {
        assertThat(SICK.blamesRelease()).isTrue();
        assertThat(new Failure("io-error", "", Step.BACK_UP).blamesRelease()).isFalse();
        assertThat(Failure.interrupted().blamesRelease()).isFalse();
        assertThat(new Failure("io-error", "", Step.MIGRATE).blamesRelease()).isFalse();
        assertThat(
                        new Failure("disk-full", "", Step.HEALTH, List.of("no space"), null)
                                .blamesRelease())
                .isFalse();
    }

    private static HopIntent hop(int number, String from, String to) {
        return HopIntent.update(
                "tx",
                number,
                Version.of(from),
                Version.of(to),
                Digest.parse("sha256:" + "ab".repeat(32)));
    }

    private static JournalRecord begun() {
        return new JournalRecord.RunBegun(
                AT,
                "tx",
                RunKind.UPDATE,
                List.of(Version.of("1"), Version.of("2"), Version.of("3")),
                ChainPolicy.STOP,
                null,
                false);
    }

    private static List<JournalRecord> hop(HopIntent intent) {
        List<JournalRecord> records = new ArrayList<>();
        records.add(begun());
        records.add(new JournalRecord.HopBegun(AT, intent));
        for (Step step : List.of(Step.STOP, Step.BACK_UP, Step.SWITCH, Step.HEALTH)) {
            records.add(new JournalRecord.StepBegun(AT, intent.number(), step));
            records.add(new JournalRecord.StepDone(AT, intent.number(), step));
        }
        return records;
    }
}
