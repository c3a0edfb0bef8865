package dev.belay.supervisor.offer;

import dev.belay.versys.plan.PlannedHop;
import dev.belay.versys.version.Version;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The part of the planner's way that a host can walk now.
///
/// @param hops up to the first that a person has to prepare and has not confirmed
/// @param awaits what that person has to do; empty if the whole way is open
public record Stretch(List<PlannedHop> hops, Optional<ManualAction> awaits) {
    public Stretch {
        hops = List.copyOf(hops);
    }

    /// @param way the planner's hops
    /// @param confirmed releases whose manual action is done
    static Stretch of(List<PlannedHop> way, Set<Version> confirmed) {
        for (int i = 0; i < way.size(); i++) {
            PlannedHop hop = way.get(i);
            if (hop.manualAction().isPresent() && !confirmed.contains(hop.version())) {
                return new Stretch(
                        way.subList(0, i),
                        hop.manualAction().map(words -> new ManualAction(hop.version(), words)));
            }
        }
        return new Stretch(way, Optional.empty());
    }
}
