package dev.belay.supervisor.offer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.supervisor.status.HistoryEntry;
import dev.belay.supervisor.status.HopOutcome;
import dev.belay.supervisor.status.RunKind;
import dev.belay.supervisor.status.RunOutcome;
import dev.belay.versys.version.Version;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What a chain will cost.
class ForecastingTest {
    @Test
    void everyNeedForSpaceIsCountedAndNamed() {
        Forecast forecast =
                Forecasting.of(
                        new Forecasting.Sizes(10_000_000, 20_000_000, 3_000_000, false),
                        2,
                        0,
                        List.of());
        assertThat(forecast.diskBytes()).isEqualTo(42_000_000 + (32L << 20));
        assertThat(forecast.needs())
                .isEqualTo(
                        "10.0 MB to download, 20.0 MB to unpack, 6.0 MB for backups, 6.0 MB for"
                                + " working copies, 33.6 MB of headroom");
        assertThat(forecast.time()).isGreaterThan(forecast.downtime());
    }

    @Test
    void earlierHopsSayHowLongItTakesUnlessTheDataHasGrownSince() {
        Version one = Version.of("1");
        Version two = Version.of("2");
        List<HistoryEntry> history =
                List.of(
                        new HistoryEntry(
                                "t",
                                RunKind.UPDATE,
                                Instant.EPOCH,
                                9,
                                one,
                                two,
                                RunOutcome.UPDATED,
                                null,
                                "",
                                List.of(
                                        new HistoryEntry.HopRecord(
                                                one, two, HopOutcome.COMMITTED, 9, 7)),
                                List.of()));
        assertThat(downtime(1_000_000, history)).isEqualTo(Duration.ofSeconds(7));
        assertThat(downtime(60_000_000_000L, history)).isGreaterThan(Duration.ofMinutes(10));
    }

    private static Duration downtime(long live, List<HistoryEntry> history) {
        return Forecasting.of(new Forecasting.Sizes(0, 0, live, false), 1, 0, history).downtime();
    }

    @Test
    void backupsOnAnotherFileSystemTakeNoSpaceHere() {
        Forecast forecast =
                Forecasting.of(new Forecasting.Sizes(0, 0, 3_000_000, true), 2, 0, List.of());
        assertThat(forecast.backupBytes()).isZero();
        assertThat(forecast.diskBytes()).isEqualTo(6_000_000 + (32L << 20));
    }
}
