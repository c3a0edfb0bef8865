package dev.belay.supervisor.offer;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.belay.supervisor.settings.ChainPolicy;
import dev.belay.versys.version.Version;
import java.util.List;
import java.util.Optional;

/// What an update will do, as it is shown: by `--dry-run`, by the admin page, before the question.
///
/// @param product name of the product
/// @param channel the channel that offers the chain
/// @param from the installed version
/// @param hops the moves in order, at least one
/// @param localChanges shipped program files that were changed on this host; they stay behind in
///   the old release's directory
/// @param awaits what a person has to do before the way goes on; the chain ends before it
/// @param onFailure where it ends if a later hop fails
/// @param forecast what it will cost
/// @param compared whether the releases of the chain were compared with this host; if not, nothing
///   is known yet of configuration and local changes
/// @param warnings what the admin should know of the channel, in words
public record ChainPlan(
        String product,
        String channel,
        Version from,
        List<ChainHop> hops,
        List<String> localChanges,
        Optional<ManualAction> awaits,
        ChainPolicy onFailure,
        Forecast forecast,
        boolean compared,
        List<String> warnings) {
    public ChainPlan {
        hops = List.copyOf(hops);
        localChanges = List.copyOf(localChanges);
        warnings = List.copyOf(warnings);
        if (hops.isEmpty()) {
            throw new IllegalArgumentException("a chain has at least one hop");
        }
    }

    /// The version at the end of the chain.
    @JsonProperty("to")
    public Version target() {
        return hops.getLast().to();
    }
}
