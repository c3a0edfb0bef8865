package dev.belay.versys.plan;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/// Many hosts asked at once: what a rollout plan offers them over time, and what an edit of the
/// channel changes for them.
public final class Population {
    private final List<PlanRequest> hosts;

    /// @param hosts one request for each host
    public Population(List<PlanRequest> hosts) {
        this.hosts = List.copyOf(hosts);
    }

    /// How many hosts are offered which release as their next hop at one moment; the outcome stands
    /// where a host is offered nothing.
    public record Moment(Instant at, Map<String, Integer> offers) {
        public Moment {
            offers = Map.copyOf(offers);
        }
    }

    /// What the hosts are offered at each step, if none of them moves meanwhile.
    public List<Moment> simulate(UpgradePlanner planner, Instant start, Duration step, int steps) {
        List<Moment> moments = new ArrayList<>();
        for (int i = 0; i <= steps; i++) {
            Instant at = start.plus(step.multipliedBy(i));
            Map<String, Integer> offers =
                    count(host -> {
                        PlanResult result = planner.plan(at(host, at));
                        return result.hops().isEmpty()
                                ? result.outcome()
                                : result.hops().getFirst().version().text();
                    });
            moments.add(new Moment(at, offers));
        }
        return moments;
    }

    private static PlanRequest at(PlanRequest host, Instant now) {
        return new PlanRequest(
                host.from(),
                host.to(),
                host.platform(),
                host.channel(),
                now,
                host.wariness(),
                host.facts(),
                host.acceptedRisks(),
                host.rejected(),
                host.pin(),
                host.policy(),
                host.allowDowngrade());
    }

    /// Hosts that are alike are asked once.
    private Map<String, Integer> count(Function<PlanRequest, String> key) {
        Map<PlanRequest, String> known = new HashMap<>();
        Map<String, Integer> counts = new TreeMap<>();
        for (PlanRequest host : hosts) {
            counts.merge(known.computeIfAbsent(host, key), 1, Integer::sum);
        }
        return counts;
    }

    /// The difference that an edit makes, one sentence for each kind of change; empty if no host
    /// notices.
    public List<String> difference(UpgradePlanner before, UpgradePlanner after) {
        Map<String, Integer> changes =
                count(host -> {
                    PlanResult was = before.plan(host);
                    PlanResult is = after.plan(host);
                    if (was.hops().isEmpty() != is.hops().isEmpty()) {
                        return is.hops().isEmpty() ? "lose their way forward" : "get a way forward";
                    }
                    boolean same =
                            versions(was).equals(versions(is))
                                    && was.outcome().equals(is.outcome());
                    return same ? "" : "go another way";
                });
        return changes.entrySet().stream()
                .filter(change -> !change.getKey().isEmpty())
                .map(change ->
                        "%,d of %,d reporting hosts %s."
                                .formatted(change.getValue(), hosts.size(), change.getKey()))
                .toList();
    }

    private static List<String> versions(PlanResult result) {
        return result.hops().stream().map(hop -> hop.version().text()).toList();
    }
}
