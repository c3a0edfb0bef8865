package dev.belay.versys.plan;

import dev.belay.versys.version.VersionRange;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The ways that one request has: whether a release can be reached across obstacles of some level,
/// and by which path.
final class Ways {
    /// A path, with the stops that hold on it.
    record Way(int start, int goal, List<Integer> path, ActiveStops stops) {}

    /// The stops that hold on the way to a goal, and what they leave within reach of each start.
    private record Ground(int goal, ActiveStops stops, Map<Integer, Reach> reaches) {}

    private final Situation situation;
    private final ChannelIndex index;
    private final int from;
    private final int newest;

    /// Nothing above it is asked about.
    private final int last;

    /// The first rank above the pin.
    private final int pinned;

    /// For each start, the level at which each release above it is reached.
    private final Map<Integer, int[]> levels = new HashMap<>();

    private @Nullable Ground ground;

    /// @throws IllegalArgumentException if the pin is no range of the channel's versions
    Ways(Situation situation, int from) {
        this.situation = situation;
        this.index = situation.index();
        this.from = from;
        this.newest = index.ranks().count() - 1;
        PlanRequest request = situation.request();
        this.last =
                request.to()
                        .filter(_ -> !request.allowDowngrade())
                        .map(index.ranks()::rank)
                        .orElse(newest);
        this.pinned =
                request.pin()
                        .map(text -> VersionRange.parse(text, index.channel().scheme()))
                        .map(index.ranks()::firstAbove)
                        .orElse(Integer.MAX_VALUE);
    }

    /// The way to the newest release above a rank that can be reached across obstacles of a level.
    @Nullable Way toNewest(int level, int above, int start) {
        int[] known = levels.computeIfAbsent(start, this::levels);
        for (int goal = newest; goal > above; goal--) {
            if (known[goal] <= level) {
                @Nullable Way way = way(start, goal, level);
                if (way != null) {
                    return way;
                }
            }
        }
        return null;
    }

    /// The way to a release across obstacles of a level, the pin apart.
    @Nullable Way to(int goal, int level) {
        return reach(from, goal).level(goal) <= level ? way(from, goal, level) : null;
    }

    private int[] levels(int start) {
        int[] found = new int[newest + 1];
        @Nullable Reach reach = null;
        for (int goal = newest; goal > start; goal--) {
            found[goal] = Reach.NEVER;
            if (isGoal(goal)) {
                if (reach == null || stops(goal).dependOnTarget()) {
                    reach = reach(start, goal);
                }
                found[goal] = levelOf(goal, reach);
            }
        }
        return found;
    }

    /// A release above the pin is held, however open the way.
    private int levelOf(int goal, Reach reach) {
        return isAbovePin(goal)
                ? Math.max(reach.level(goal), Obstacle.HOLD.level())
                : reach.level(goal);
    }

    private Reach reach(int start, int goal) {
        return ground(goal)
                .reaches()
                .computeIfAbsent(start, _ -> new Reach(situation, stops(goal), start, last));
    }

    private Ground ground(int goal) {
        if (ground == null || (ground.goal() != goal && ground.stops().dependOnTarget())) {
            ground = new Ground(goal, new ActiveStops(situation, from, goal), new HashMap<>());
        }
        return ground;
    }

    private @Nullable Way way(int start, int goal, int level) {
        ActiveStops stops = stops(goal);
        int ignored = Reach.ignoredAt(level);
        boolean newestFirst = situation.request().policy() == PlanPolicy.NEWEST_FIRST;
        Candidates candidates = reach(start, goal).within(level);
        PathSearch search =
                new PathSearch(situation, stops, start, goal, ignored, candidates, newestFirst);
        List<Integer> path = newestFirst ? search.newestFirst() : List.of();
        List<Integer> kept =
                StickySearch.keepTo(
                        situation,
                        stops,
                        start,
                        goal,
                        ignored,
                        path.isEmpty() ? search.path() : path);
        return kept.isEmpty() ? null : new Way(start, goal, kept, stops);
    }

    /// The stops on the way from where the host is to a goal.
    ActiveStops stops(int goal) {
        return ground(goal).stops();
    }

    /// Whether a release may be what a host without a wish ends on.
    boolean isGoal(int rank) {
        return index.isEverTarget(rank)
                && (situation.target(rank) & (Obstacle.VENDOR.bit() | Obstacle.NEVER.bit())) == 0;
    }

    boolean isAbovePin(int rank) {
        return rank >= pinned;
    }

    /// The highest release above a rank that a host without a wish could end on, or -1.
    int newestGoal(int above) {
        int best = newest;
        while (best > above && !isGoal(best)) {
            best--;
        }
        return best > above ? best : -1;
    }
}
