package dev.belay.supervisor.offer;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.belay.supervisor.words.Bytes;
import java.time.Duration;

/// What a chain will cost, from sizes and from this host's own history.
///
/// @param downloadBytes still to be downloaded
/// @param unpackBytes still to be unpacked
/// @param backupBytes config, data and databases, once for each hop
/// @param copyBytes working copies of config and data, once for each hop
/// @param diskBytes free space needed at the worst moment: bundles, unpacked releases, backups and
///   working copies
/// @param freeBytes free space there is now
/// @param time expected time from now to the end
/// @param downtime expected time without service, all hops together
/// @param basis where the times come from, for example `3 earlier hops on this host`
public record Forecast(
        long downloadBytes,
        long unpackBytes,
        long backupBytes,
        long copyBytes,
        long diskBytes,
        long freeBytes,
        @JsonProperty("seconds") Duration time,
        @JsonProperty("downtime-seconds") Duration downtime,
        String basis) {
    /// What the space is needed for, in words.
    public String needs() {
        long headroom = diskBytes - downloadBytes - unpackBytes - backupBytes - copyBytes;
        return Bytes.words(downloadBytes)
                + " to download, "
                + Bytes.words(unpackBytes)
                + " to unpack, "
                + Bytes.words(backupBytes)
                + " for backups, "
                + Bytes.words(copyBytes)
                + " for working copies, "
                + Bytes.words(headroom)
                + " of headroom";
    }
}
