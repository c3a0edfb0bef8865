package dev.belay.versys.plan;

import dev.belay.versys.plan.ActiveStops.Sticky;
import dev.belay.versys.plan.index.RankBits;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;

/// The search for the rare case in which the cheapest path would slip past a stop that depends on
/// an origin: from the origin to some release in between that the stop does not bind, and over it.
///
/// It searches backwards over pairs of a release and the stops that the rest of the path jumps
/// over; a release is no origin of a path that jumps over a stop it is bound by. Slower than
/// [PathSearch], which goes first.
final class StickySearch {
    private record Place(int rank, long crossed) {}

    private record Step(long key, Place place) {}

    private final Situation situation;
    private final List<Sticky> binding;
    private final int ignored;
    private final OpenOrigins origins;
    private final Effort effort;
    private final CostQueue weights;
    private final Map<Place, Long> costs = new HashMap<>();
    private final Map<Integer, List<Place>> byRank = new HashMap<>();
    private final Map<Place, Place> next = new HashMap<>();
    private final PriorityQueue<Step> queue =
            new PriorityQueue<>(
                    Comparator.comparingLong(Step::key)
                            .thenComparingInt(step -> -step.place().rank())
                            .thenComparingLong(step -> step.place().crossed()));

    private StickySearch(
            Situation situation, ActiveStops stops, List<Sticky> binding, int ignored, int from) {
        this.origins = new OpenOrigins(situation, stops, from);
        this.effort = situation.effort();
        this.situation = situation;
        this.weights = CostQueue.of(situation, situation.request().policy(), _ -> true);
        this.binding = binding;
        this.ignored = ignored;
    }

    /// The path if it keeps to every stop, else the cheapest one that does; no ranks if there is
    /// none, and nothing if finding it would be too much work.
    static Optional<List<Integer>> keepTo(
            Situation situation,
            ActiveStops stops,
            int from,
            int goal,
            int ignored,
            List<Integer> path) {
        List<Sticky> binding = new ArrayList<>();
        List<Integer> current = path;
        while (!current.isEmpty()) {
            List<Sticky> missed = missed(stops, from, current);
            if (missed.isEmpty()) {
                return Optional.of(current);
            }
            binding.addAll(missed);
            if (binding.size() >= Long.SIZE) {
                situation.effort().spend(Integer.MAX_VALUE);
            }
            if (situation.effort().isSpent()) {
                return Optional.empty();
            }
            current = new StickySearch(situation, stops, binding, ignored, from).path(from, goal);
        }
        return situation.effort().isSpent() ? Optional.empty() : Optional.of(current);
    }

    /// The stops that a path slips past.
    static List<Sticky> missed(ActiveStops stops, int from, List<Integer> path) {
        return stops.sticky().stream().filter(stop -> isMissed(stop, from, path)).toList();
    }

    private static boolean isMissed(Sticky stop, int from, List<Integer> path) {
        boolean bound = stop.origins().contains(from);
        int at = from;
        for (int target : path) {
            if (bound && stop.isCrossed(at, target)) {
                return true;
            }
            bound |= stop.origins().contains(target);
            at = target;
        }
        return false;
    }

    private List<Integer> path(int from, int goal) {
        settle(new Place(goal, 0), 0);
        while (!queue.isEmpty() && !effort.isSpent()) {
            Step step = queue.poll();
            if ((situation.target(step.place().rank()) & ~ignored) == 0) {
                origins.any(
                        step.place().rank(),
                        ignored,
                        situation.index().everyRelease(),
                        (word, ranks) -> visit(word, ranks, step));
            }
        }
        Place at =
                costs.keySet().stream()
                        .filter(place -> place.rank() == from && from != goal)
                        .min(
                                Comparator.<Place>comparingLong(place -> cost(place))
                                        .thenComparingInt(place -> -following(place).rank())
                                        .thenComparingLong(Place::crossed))
                        .orElse(null);
        List<Integer> path = new ArrayList<>();
        while (at != null && at.rank() != goal) {
            at = following(at);
            path.add(at.rank());
        }
        return path;
    }

    private long cost(Place place) {
        return costs.getOrDefault(place, Long.MAX_VALUE);
    }

    private Place following(Place place) {
        Place following = next.get(place);
        if (following == null) {
            throw new IllegalStateException("only the goal has no next place");
        }
        return following;
    }

    /// @return whether there was too much to do
    private boolean visit(int word, long origins, Step step) {
        for (long left = origins; left != 0; left &= left - 1) {
            int origin = RankBits.first(word, left);
            long crossed = crossed(step.place().crossed(), origin, step.place().rank());
            if (crossed >= 0) {
                reach(new Place(origin, crossed), step);
            }
        }
        return !effort.spend(Long.bitCount(origins));
    }

    /// The stops jumped over from an origin on, or -1 if it is bound by one of them.
    private long crossed(long rest, int origin, int target) {
        long crossed = rest;
        for (int i = 0; i < binding.size(); i++) {
            if (binding.get(i).isCrossed(origin, target)) {
                crossed |= 1L << i;
            }
            if ((crossed & 1L << i) != 0 && binding.get(i).origins().contains(origin)) {
                return -1;
            }
        }
        return crossed;
    }

    private void reach(Place origin, Step step) {
        Long known = costs.get(origin);
        if (known == null) {
            if (!isBeaten(origin, step.key())) {
                settle(origin, step.key());
                next.put(origin, step.place());
            }
        } else if (known == step.key()
                && next.containsKey(origin)
                && step.place().rank() > following(origin).rank()) {
            next.put(origin, step.place());
        }
    }

    /// Whether another way from the same release is cheaper and jumps over nothing more.
    private boolean isBeaten(Place place, long cost) {
        List<Place> others = byRank.getOrDefault(place.rank(), List.of());
        effort.spend(others.size() / 16);
        return others.stream()
                .anyMatch(other -> (other.crossed() & ~place.crossed()) == 0 && cost(other) < cost);
    }

    private void settle(Place place, long cost) {
        effort.spend(10);
        byRank.computeIfAbsent(place.rank(), _ -> new ArrayList<>()).add(place);
        costs.put(place, cost);
        queue.add(new Step(cost + weights.weight(place.rank()), place));
    }
}
