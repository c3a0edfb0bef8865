package dev.belay.supervisor.offer;

import static org.assertj.core.api.Assertions.assertThat;

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
    void backupsOnAnotherFileSystemTakeNoSpaceHere() {
        Forecast forecast =
                Forecasting.of(new Forecasting.Sizes(0, 0, 3_000_000, true), 2, 0, List.of());
        assertThat(forecast.backupBytes()).isZero();
        assertThat(forecast.diskBytes()).isEqualTo(6_000_000 + (32L << 20));
    }
}
