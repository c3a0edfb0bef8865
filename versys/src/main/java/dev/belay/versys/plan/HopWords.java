package dev.belay.versys.plan;

import dev.belay.versys.graph.Notice;
import dev.belay.versys.graph.Release;
import dev.belay.versys.graph.StopRule;
import dev.belay.versys.plan.index.IndexedRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Turns a path of ranks into hops with the reasons why each is there.
final class HopWords {
    private final Situation situation;
    private final ActiveStops stops;
    private final String purpose;

    /// @param purpose what the last hop is, for example `the requested release`
    HopWords(Situation situation, ActiveStops stops, String purpose) {
        this.situation = situation;
        this.stops = stops;
        this.purpose = purpose;
    }

    List<PlannedHop> hops(int from, List<Integer> path) {
        List<PlannedHop> hops = new ArrayList<>();
        int origin = from;
        for (int i = 0; i < path.size(); i++) {
            int target = path.get(i);
            @Nullable StopRule stop = stops.rule(target);
            int next = i + 1 < path.size() ? path.get(i + 1) : -1;
            hops.add(
                    new PlannedHop(
                            situation.version(target),
                            why(origin, next, stop),
                            situation.release(target).about().notes(),
                            acceptedRisks(origin, target),
                            stop != null,
                            manualAction(origin, target)));
            origin = target;
        }
        return hops;
    }

    private String why(int origin, int next, @Nullable StopRule stop) {
        if (next < 0) {
            return purpose;
        }
        if (stop != null) {
            return stopWords(stop);
        }
        if (!situation.index().hasEdge(origin, next)) {
            return situation.version(next)
                    + " cannot be reached from "
                    + situation.version(origin)
                    + " directly"
                    + accepts(next);
        }
        String inTheWay =
                new Obstacles(situation)
                        .of(origin, next).stream()
                                .map(found -> found.reason().message())
                                .collect(Collectors.joining("; "));
        return inTheWay.isEmpty() ? "the better way under this policy" : inTheWay;
    }

    private String accepts(int target) {
        Release release = situation.release(target);
        return release.edges().from().map(range -> ", it accepts " + range).orElse("");
    }

    private String stopWords(StopRule stop) {
        String what =
                switch (stop.where()) {
                    case StopRule.Exactly _ -> "required stop";
                    case StopRule.LastIn(String range) ->
                            "required stop: the last release of " + range;
                    case StopRule.LastOfEach each ->
                            "required stop: the last release of its "
                                    + (each.depth() == 1 ? "major" : "minor");
                };
        return what
                + stop.scope().notice().map(Notice::message).map(words -> ". " + words).orElse("");
    }

    private List<String> acceptedRisks(int origin, int target) {
        List<IndexedRule> risks = situation.index().conditions(target);
        if (risks.isEmpty()) {
            return List.of();
        }
        return situation.applying(risks, origin, target).stream()
                .map(rule -> rule.rule().name())
                .filter(situation.request().acceptedRisks()::contains)
                .distinct()
                .sorted()
                .toList();
    }

    private Optional<String> manualAction(int origin, int target) {
        List<IndexedRule> rules = situation.index().manualActions(target);
        if (rules.isEmpty()) {
            return Optional.empty();
        }
        String actions =
                situation.applying(rules, origin, target).stream()
                        .map(rule -> rule.rule().notice().message())
                        .distinct()
                        .collect(Collectors.joining("\n"));
        return actions.isEmpty() ? Optional.empty() : Optional.of(actions);
    }
}
