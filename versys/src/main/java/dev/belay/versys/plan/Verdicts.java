package dev.belay.versys.plan;

import dev.belay.versys.graph.EdgeRule;
import dev.belay.versys.graph.Notice;
import dev.belay.versys.graph.Release;
import dev.belay.versys.plan.Ways.Way;
import dev.belay.versys.plan.index.ChannelIndex;
import dev.belay.versys.plan.index.IndexedRule;
import dev.belay.versys.version.Version;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The answers to one request, with their reasons in words.
final class Verdicts {
    private final Situation situation;
    private final ChannelIndex index;
    private final PlanRequest request;
    private final Ways ways;
    private final int from;

    Verdicts(Situation situation, Ways ways, int from) {
        this.situation = situation;
        this.index = situation.index();
        this.request = situation.request();
        this.ways = ways;
        this.from = from;
    }

    PlanResult unknown(String which, Version version) {
        String channel = request.channel().orElse(index.channel().name());
        return new PlanResult.UnknownVersion(
                List.of(),
                List.of(
                        Reason.of(
                                "unknown-version",
                                version,
                                "the "
                                        + which
                                        + " version "
                                        + version
                                        + " is not in channel "
                                        + channel)));
    }

    PlanResult halted(Notice why) {
        return new PlanResult.Blocked(
                List.of(),
                List.of(
                        new Reason(
                                "halted",
                                Optional.empty(),
                                "the vendor has halted all updates: " + why.message(),
                                why.url(),
                                Optional.empty())));
    }

    PlanResult deadEnd(Notice why) {
        return new PlanResult.DeadEnd(
                List.of(),
                List.of(
                        Reason.noticed(
                                Cause.DEAD_END.kind(),
                                request.from(),
                                request.from() + " is a dead end: ",
                                why)));
    }

    /// The host has the version that it wants.
    PlanResult isThere() {
        return new PlanResult.UpToDate(List.of(), standingRisks());
    }

    /// Risks that the channel states for hosts as they are, such as a component lagging behind.
    private List<Reason> standingRisks() {
        List<Reason> reasons = new ArrayList<>();
        for (EdgeRule rule : index.channelConditions()) {
            IndexedRule indexed = new IndexedRule(rule, 0, index.ranks());
            boolean speaks =
                    index.conditions(from).stream().anyMatch(each -> each.rule().equals(rule))
                            && situation.isAbout(indexed, from, from);
            if (speaks && !request.acceptedRisks().contains(rule.name())) {
                reasons.add(Obstacles.risk(rule, request.from()));
            }
        }
        return reasons;
    }

    /// Nothing newer is there.
    PlanResult upToDate() {
        Release installed = situation.release(from);
        return new PlanResult.UpToDate(
                List.of(),
                installed
                        .availability()
                        .withdrawn()
                        .map(why ->
                                Reason.noticed(
                                        Cause.WITHDRAWN.kind(),
                                        installed.version(),
                                        installed.version()
                                                + " was withdrawn and nothing newer is there yet: ",
                                        why))
                        .stream()
                        .toList());
    }

    PlanResult path(Way way, String purpose, List<Reason> reasons) {
        return new PlanResult.UpgradePath(hops(way, purpose), reasons);
    }

    List<PlannedHop> hops(Way way, String purpose) {
        return new HopWords(situation, way.stops(), purpose).hops(way.start(), way.path());
    }

    /// A way that is open up to some obstacle.
    ///
    /// @param open where the host can go meanwhile; if empty, it goes as far as this way is open
    PlanResult stopped(Way way, List<PlannedHop> open) {
        Obstacles obstacles = new Obstacles(situation);
        List<Reason> reasons = new ArrayList<>();
        Obstacle gravest = Obstacle.TIME;
        int free = -1;
        int origin = way.start();
        for (int i = 0; i < way.path().size(); i++) {
            for (Obstacles.Found found : obstacles.of(origin, way.path().get(i))) {
                // What lies above the pin goes on to do so.
                reasons.removeIf(reason -> Cause.PIN.is(reason) && Cause.PIN.is(found.reason()));
                reasons.add(found.reason());
                gravest = found.obstacle().compareTo(gravest) > 0 ? found.obstacle() : gravest;
                free = free < 0 ? i : free;
            }
            origin = way.path().get(i);
        }
        if (!open.isEmpty()) {
            return new PlanResult.UpgradePath(open, reasons);
        }
        List<PlannedHop> hops = hops(way, "").subList(0, Math.max(free, 0));
        return switch (gravest) {
            case TIME -> new PlanResult.WaitingForRollout(hops, reasons);
            case HOLD -> new PlanResult.Held(hops, reasons);
            case CONDITION, VENDOR, NEVER -> new PlanResult.Blocked(hops, reasons);
        };
    }

    /// There is a way, but it leads down, and that was not allowed.
    PlanResult onlyDownwards(int goal) {
        return new PlanResult.Blocked(
                List.of(), List.of(Obstacles.downgrade(request.from(), situation.version(goal))));
    }

    PlanResult noPath(int goal) {
        Version version = situation.version(goal);
        if (goal < from && !request.allowDowngrade()) {
            return new PlanResult.NoPath(
                    List.of(), List.of(Obstacles.downgrade(request.from(), version)));
        }
        List<Reason> reasons = new ArrayList<>();
        Optional<Version> missing =
                goal > from ? ways.stops(goal).firstMissing(from, goal) : Optional.empty();
        int stop = ways.unreachableStop(goal);
        if (missing.isPresent()) {
            reasons.add(
                    Reason.of(
                            "stop",
                            missing.get(),
                            missing.get()
                                    + " is a required stop before "
                                    + version
                                    + " and not in the channel"));
        } else if (stop >= 0) {
            Version before = situation.version(stop);
            reasons.add(
                    Reason.of(
                            "stop",
                            before,
                            before
                                    + " is a required stop before "
                                    + version
                                    + ", and no moves lead there from "
                                    + request.from()));
        }
        String accepts =
                situation
                        .release(goal)
                        .edges()
                        .from()
                        .map(range -> ", which accepts " + range)
                        .orElse("");
        reasons.add(
                Reason.of(
                        "no-path",
                        version,
                        "no moves lead from " + request.from() + " to " + version + accepts));
        return new PlanResult.NoPath(List.of(), reasons);
    }
}
