package dev.belay.versys.plan;

import dev.belay.versys.graph.Notice;
import dev.belay.versys.plan.Ways.Way;
import dev.belay.versys.plan.index.ChannelIndex;
import dev.belay.versys.version.Version;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One request being planned.
///
/// First the way as it is. Where there is none, or none to the newest release, the search is
/// repeated across one kind of obstacle after the other, mildest first: the first kind that opens a
/// way is the cause, and the obstacles on that way are the reasons.
final class Planning {
    private final ChannelIndex index;
    private final PlanRequest request;
    private final Situation situation;
    private final int from;

    Planning(ChannelIndex index, PlanRequest request) {
        this.index = index;
        this.request = request;
        this.situation = new Situation(index, request);
        this.from = index.ranks().rank(request.from());
    }

    PlanResult plan() {
        Ways ways = new Ways(situation, from);
        return settledWithoutSearch(new Verdicts(situation, ways, from))
                .orElseGet(() ->
                        request.to()
                                .map(wanted -> towards(ways, index.ranks().rank(wanted)))
                                .orElseGet(() -> newest(ways)));
    }

    private Optional<PlanResult> settledWithoutSearch(Verdicts verdicts) {
        if (isUnknown(request.from())) {
            return Optional.of(verdicts.unknown("installed", request.from()));
        }
        if (request.to().isPresent() && isUnknown(request.to().get())) {
            return Optional.of(verdicts.unknown("wanted", request.to().get()));
        }
        if (request.to().filter(request.from()::equals).isPresent()) {
            return Optional.of(verdicts.isThere());
        }
        Optional<Notice> halted = index.channel().rules().halted();
        return halted.map(verdicts::halted)
                .or(() -> situation.release(from).passage().deadEnd().map(verdicts::deadEnd));
    }

    /// Whether the search was given up; see [Effort].
    boolean gaveUp() {
        return situation.effort().isSpent();
    }

    private boolean isUnknown(Version version) {
        int rank = index.ranks().rank(version);
        return rank < 0 || !situation.isListed(rank);
    }

    private PlanResult towards(Ways ways, int goal) {
        Verdicts verdicts = new Verdicts(situation, ways, from);
        for (int level = 0; level < Reach.NEVER; level++) {
            @Nullable Way way = ways.to(goal, level);
            if (way != null) {
                return level == 0
                        ? verdicts.path(way, "the requested release", List.of())
                        : verdicts.stopped(way, List.of());
            }
        }
        return isOpenDownwards(goal) ? verdicts.onlyDownwards(goal) : verdicts.noPath(goal);
    }

    /// Whether the goal is older, and only that downgrades were not allowed is in the way.
    private boolean isOpenDownwards(int goal) {
        if (goal > from || request.allowDowngrade()) {
            return false;
        }
        PlanRequest allowed = request.toBuilder().allowDowngrade(true).build();
        return new Ways(new Situation(index, allowed), from).to(goal, 0) != null;
    }

    private PlanResult newest(Ways ways) {
        Verdicts verdicts = new Verdicts(situation, ways, from);
        @Nullable Way open = ways.toNewest(0, from, from, request.policy());
        int reached = open == null ? from : open.goal();
        // What lies beyond the release reached is looked for from there; only if nothing leads on
        // from it, from the start.
        List<Integer> starts = open == null ? List.of(from) : List.of(reached, from);
        // Only reasons are told of that way, and by the fewest hops they are the fewest.
        PlanPolicy policy = open == null ? request.policy() : PlanPolicy.FEWEST_HOPS;
        for (int start : starts) {
            for (int level = 1; level < Reach.NEVER; level++) {
                @Nullable Way beyond = ways.toNewest(level, reached, start, policy);
                if (beyond != null) {
                    return verdicts.stopped(
                            beyond,
                            open == null
                                    ? List.of()
                                    : verdicts.hops(
                                            open, "the newest release that can be reached now"));
                }
            }
        }
        int newer = ways.newestGoal(reached);
        if (open == null) {
            return newer < 0 ? verdicts.upToDate() : verdicts.noPath(newer);
        }
        return newer < 0
                ? verdicts.path(open, "the newest release", List.of())
                : verdicts.path(
                        open,
                        "the newest release that can be reached",
                        verdicts.noPath(newer).reasons());
    }
}
