package dev.belay.supervisor.offer;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Duration;

/// What a chain will cost, from sizes and from this host's own history.
///
/// @param downloadBytes still to be downloaded
/// @param diskBytes free space needed at the worst moment: bundles, unpacked releases, backups and
///   working copies
/// @param freeBytes free space there is now
/// @param time expected time from now to the end
/// @param downtime expected time without service, all hops together
/// @param basis where the times come from, for example `3 earlier hops on this host`
public record Forecast(
        long downloadBytes,
        long diskBytes,
        long freeBytes,
        @JsonProperty("seconds") Duration time,
        @JsonProperty("downtime-seconds") Duration downtime,
        String basis) {}
