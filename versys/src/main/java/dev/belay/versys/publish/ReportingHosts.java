package dev.belay.versys.publish;

import dev.belay.versys.plan.PlanRequest;
import dev.belay.versys.version.Version;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// The hosts of a channel that report to an update server. They report by themselves, so this
/// informs people and decides nothing.
///
/// @param groups hosts that are alike
public record ReportingHosts(List<Group> groups) {
    /// Nobody reports, or nobody tells.
    public static final ReportingHosts NONE = new ReportingHosts(List.of());

    private static final int MOST = 100_000;

    public ReportingHosts {
        groups = List.copyOf(groups);
    }

    /// Hosts on one version at about the same place in rollouts.
    ///
    /// @param version the installed version
    /// @param percent their place in rollouts, 0 to 99
    /// @param count how many there are, at least 1
    public record Group(Version version, int percent, int count) {
        public Group {
            if (percent < 0 || percent > 99 || count < 1) {
                throw new IllegalArgumentException("no group of hosts");
            }
        }

        /// Their place in rollouts as the planner takes it.
        public double wariness() {
            return percent / 100.0;
        }
    }

    /// A request for each host, as its supervisor would ask now.
    List<PlanRequest> requests(Instant now) {
        List<PlanRequest> requests = new ArrayList<>();
        for (Group group : groups) {
            PlanRequest request =
                    PlanRequest.builder(group.version(), now).wariness(group.wariness()).build();
            int count = Math.min(group.count(), MOST - requests.size());
            requests.addAll(Collections.nCopies(count, request));
        }
        return requests;
    }
}
