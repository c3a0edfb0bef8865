package dev.belay.versys.plan;

import dev.belay.versys.graph.Channel;
import dev.belay.versys.graph.Release;
import dev.belay.versys.version.Version;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Finds the way from the installed version to the wanted one. Pure and deterministic: the same
/// channel document and request give the same answer on the host and on the server.
public final class UpgradePlanner {
    private UpgradePlanner() {}

    /// Plans one request.
    public static PlanResult plan(Channel channel, PlanRequest request) {
        Optional<Release> from = channel.release(request.from());
        if (from.isEmpty()) {
            return new PlanResult.UnknownVersion(List.of(), List.of());
        }
        List<Release> sorted = new ArrayList<>(channel.releases());
        sorted.sort((a, b) -> channel.scheme().order().compare(a.version(), b.version()));
        Version goal = request.to().orElse(sorted.getLast().version());
        if (goal.equals(request.from())) {
            return new PlanResult.UpToDate(List.of(), List.of());
        }
        List<PlannedHop> hops = new ArrayList<>();
        for (Release release : sorted) {
            boolean above =
                    channel.scheme().order().compare(release.version(), request.from()) > 0
                            && channel.scheme().order().compare(release.version(), goal) <= 0;
            if (above && (release.requiredStop().isPresent() || release.version().equals(goal))) {
                hops.add(
                        new PlannedHop(
                                release.version(),
                                "",
                                release.notes(),
                                List.of(),
                                release.requiredStop().isPresent(),
                                Optional.empty()));
            }
        }
        return new PlanResult.UpgradePath(hops, List.of());
    }
}
