package dev.belay.supervisor.offer;

import dev.belay.supervisor.status.HistoryEntry;
import dev.belay.supervisor.status.HopOutcome;
import java.time.Duration;
import java.util.List;

/// Says what a chain will cost, from its sizes and from earlier hops on this host. Pure.
final class Forecasting {
    private static final long DOWNLOAD_PER_SECOND = 10_000_000;
    private static final long DISK_PER_SECOND = 60_000_000;
    private static final double START_SECONDS = 10;
    private static final long SLACK = 32L << 20;

    /// Sizes in bytes.
    ///
    /// @param download still to be fetched
    /// @param unpack still to be unpacked
    /// @param live config and data: copied once to the backup and once to work on, per hop
    /// @param backupsApart whether backups lie on another file system, where they take no space
    ///   here
    record Sizes(long download, long unpack, long live, boolean backupsApart) {}

    private Forecasting() {}

    static Forecast of(Sizes sizes, int hops, long free, List<HistoryEntry> history) {
        List<HistoryEntry.HopRecord> earlier =
                history.stream()
                        .flatMap(run -> run.hops().stream())
                        .filter(hop -> hop.outcome() == HopOutcome.COMMITTED && hop.seconds() > 0)
                        .toList();
        double copying = 2.0 * sizes.live() / DISK_PER_SECOND;
        // data that has grown takes longer than it took before
        double downtime =
                hops
                        * (earlier.isEmpty()
                                ? copying + START_SECONDS
                                : Math.max(copying, median(earlier)));
        double before =
                (double) sizes.download() / DOWNLOAD_PER_SECOND
                        + (double) sizes.unpack() / DISK_PER_SECOND;
        long copies = hops * sizes.live();
        long backups = sizes.backupsApart() ? 0 : copies;
        return new Forecast(
                sizes.download(),
                sizes.unpack(),
                backups,
                copies,
                sizes.download() + sizes.unpack() + backups + copies + SLACK,
                free,
                seconds(before + downtime),
                seconds(downtime),
                earlier.isEmpty()
                        ? "sizes only, no earlier hop on this host"
                        : "sizes and " + earlier.size() + " earlier hop(s) on this host");
    }

    private static double median(List<HistoryEntry.HopRecord> hops) {
        List<Double> sorted =
                hops.stream().map(HistoryEntry.HopRecord::downtimeSeconds).sorted().toList();
        return sorted.get(sorted.size() / 2);
    }

    private static Duration seconds(double seconds) {
        return Duration.ofMillis(Math.round(seconds * 1000));
    }
}
