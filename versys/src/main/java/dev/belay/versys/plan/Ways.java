package dev.belay.versys.plan;

import dev.belay.versys.plan.index.ChannelIndex;
import dev.belay.versys.plan.index.OriginPool;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The ways that one request has: whether a release can be reached across obstacles of some level,
/// and by which path.
final class Ways {
    /// A path, with the stops that hold on it.
    record Way(int start, int goal, List<Integer> path, ActiveStops stops) {}

    /// Where ways begin, and the levels of obstacles that are asked about together: those that the
    /// host or time can clear, and apart from them the vendor's own word. What lies beyond a dead
    /// end is seldom asked, and would be most of the work.
    private record Begin(int rank, int mildest, int gravest) {
        private static final int VENDOR = Obstacle.VENDOR.level();

        static Begin at(int rank, int level) {
            return level < VENDOR
                    ? new Begin(rank, 0, VENDOR - 1)
                    : new Begin(rank, VENDOR, VENDOR);
        }
    }

    /// The stops that hold on the way to some goals, and what they leave within reach.
    private record Ground(int goal, ActiveStops stops, Map<Begin, Reach> reaches) {}

    /// How many grounds are kept: goals are asked about from the newest down, and mostly the same
    /// stops hold for neighbours.
    private static final int GROUNDS = 8;

    private final Situation situation;
    private final ChannelIndex index;
    private final int from;
    private final int newest;

    /// One more than the level at which a goal is reached; 0 if that is not known yet.
    private final Map<Begin, byte[]> levels = new HashMap<>();

    private final Map<BitSet, Ground> grounds =
            new LinkedHashMap<>() {
                private static final long serialVersionUID = 1;

                @Override
                protected boolean removeEldestEntry(Map.Entry<BitSet, Ground> eldest) {
                    return size() > GROUNDS;
                }
            };

    private final BitSet holding = new BitSet();
    private @Nullable Ground ground;

    Ways(Situation situation, int from) {
        this.situation = situation;
        this.index = situation.index();
        this.from = from;
        this.newest = index.ranks().count() - 1;
    }

    /// The way to the newest release above a rank that can be reached across obstacles of a level.
    ///
    /// @param policy which way; the request's own, unless it is only asked what is in the way
    @Nullable Way toNewest(int level, int above, int start, PlanPolicy policy) {
        if (level == Begin.VENDOR) {
            // Mostly the very newest; and if so, nothing else has to be known.
            int goal = newestGoal(above);
            @Nullable Way way =
                    goal < 0
                            ? null
                            : search(start, goal, level, index.everyRelease().copy(), policy);
            if (way != null) {
                return way;
            }
        }
        boolean same = index.stops().dependingOnTarget().length == 0;
        if (same && start != from) {
            // Nothing leads higher from there than from where the host is, and mostly as high.
            Reach reach = reach(Begin.at(from, level), newest);
            int goal = reach.highest();
            while (goal > above && levelOf(reach, goal) > level) {
                goal--;
            }
            @Nullable Way way =
                    goal <= above ? null : search(start, goal, level, reach.within(level), policy);
            if (way != null || goal <= above) {
                return way;
            }
        }
        Begin begin = Begin.at(start, level);
        byte[] known = levels.computeIfAbsent(begin, _ -> new byte[newest + 1]);
        Reach reach = reach(begin, newest);
        ActiveStops asked = stops(newest);
        for (int goal = same ? reach.highest() : newest; goal > above; goal--) {
            if (known[goal] == 0) {
                if (stops(goal) != asked) {
                    asked = stops(goal);
                    reach = reach(begin, goal);
                }
                known[goal] = (byte) (1 + levelOf(reach, goal));
            }
            @Nullable Way way = known[goal] <= level + 1 ? way(begin, goal, level, policy) : null;
            if (way != null) {
                return way;
            }
        }
        return null;
    }

    /// At which level a host without a wish could end there.
    private int levelOf(Reach reach, int goal) {
        return isGoal(goal) ? reach.level(goal) : Reach.NEVER;
    }

    /// The way to a release across obstacles of a level.
    @Nullable Way to(int goal, int level) {
        PlanPolicy policy = situation.request().policy();
        if (level == Begin.VENDOR) {
            return search(from, goal, level, index.everyRelease().copy(), policy);
        }
        Begin begin = Begin.at(from, level);
        return reach(begin, goal).level(goal) <= level ? way(begin, goal, level, policy) : null;
    }

    private @Nullable Way way(Begin begin, int goal, int level, PlanPolicy policy) {
        return search(begin.rank(), goal, level, reach(begin, goal).within(level), policy);
    }

    private @Nullable Way search(
            int start, int goal, int level, OriginPool candidates, PlanPolicy policy) {
        ActiveStops stops = stops(goal);
        int ignored = Reach.ignoredAt(level);
        List<Integer> path = path(stops, start, goal, ignored, candidates.copy(), policy);
        Optional<List<Integer>> kept =
                StickySearch.keepTo(situation, stops, start, goal, ignored, path);
        if (kept.isEmpty()) {
            stops = ActiveStops.binding(situation, from, holding);
            kept = Optional.of(path(stops, start, goal, ignored, candidates, policy));
        }
        return kept.get().isEmpty() ? null : new Way(start, goal, kept.get(), stops);
    }

    private List<Integer> path(
            ActiveStops stops,
            int start,
            int goal,
            int ignored,
            OriginPool candidates,
            PlanPolicy policy) {
        boolean newestFirst = policy == PlanPolicy.NEWEST_FIRST;
        PathSearch search =
                new PathSearch(situation, stops, start, goal, ignored, candidates, policy);
        List<Integer> path = newestFirst ? search.newestFirst() : List.of();
        return path.isEmpty() ? search.path() : path;
    }

    private Reach reach(Begin begin, int goal) {
        return ground(goal).reaches().computeIfAbsent(begin, _ -> look(begin, goal));
    }

    private Reach look(Begin begin, int goal) {
        int last = situation.request().to().isPresent() ? goal : newest;
        return new Reach(
                situation, stops(goal), begin.rank(), last, begin.mildest(), begin.gravest());
    }

    /// The first stop before a goal that the host cannot get to, whatever is ignored; -1 if there
    /// is none.
    int unreachableStop(int goal) {
        Reach reach = reach(Begin.at(from, Begin.VENDOR), goal);
        return stops(goal).landings().stream()
                .filter(stop -> stop > from && stop < goal && reach.level(stop) == Reach.NEVER)
                .findFirst()
                .orElse(-1);
    }

    /// The stops on the way from where the host is to a goal.
    ActiveStops stops(int goal) {
        return ground(goal).stops();
    }

    private Ground ground(int goal) {
        int[] depending = index.stops().dependingOnTarget();
        if (ground != null && (ground.goal() == goal || depending.length == 0)) {
            return ground;
        }
        if (ground == null) {
            holding.or(ActiveStops.holding(situation, from, goal));
        } else {
            for (int place : depending) {
                holding.set(place, ActiveStops.holds(situation, place, from, goal));
            }
        }
        @Nullable Ground known = grounds.get(holding);
        if (known == null) {
            known = new Ground(goal, new ActiveStops(situation, from, holding), new HashMap<>());
            grounds.put((BitSet) holding.clone(), known);
        }
        ground = new Ground(goal, known.stops(), known.reaches());
        return ground;
    }

    /// Whether a release may be what a host without a wish ends on.
    private boolean isGoal(int rank) {
        return index.isEverTarget(rank)
                && (situation.target(rank) & (Obstacle.VENDOR.bit() | Obstacle.NEVER.bit())) == 0;
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
