package dev.belay.versys.plan;

import dev.belay.versys.plan.index.Acceptances;
import dev.belay.versys.plan.index.ChannelIndex;
import dev.belay.versys.plan.index.OriginPool;
import dev.belay.versys.plan.index.RankBits;
import dev.belay.versys.plan.index.RankSet;
import org.jspecify.annotations.Nullable;

/// The releases from which a host may move to a target.
///
/// What a target accepts is an interval of ranks, so the work is about linear in the origins found,
/// however many edges there are. Rules on single moves are asked about one by one, and only where
/// there are any.
final class OpenOrigins {
    private final Situation situation;
    private final ChannelIndex index;
    private final ActiveStops stops;
    private final int lowest;

    // Of the target that is being asked about:
    private int target;
    private int ignored;
    private boolean hasRules;
    private int clearOfSticky;
    private OriginPool candidates;
    private OriginPool.Visitor visit;

    /// @param from where the host is; without downgrades no origin lies below it
    OpenOrigins(Situation situation, ActiveStops stops, int from) {
        this.situation = situation;
        this.index = situation.index();
        this.stops = stops;
        this.lowest = situation.request().allowDowngrade() ? 0 : from;
        this.candidates = index.everyRelease();
        this.visit = (word, ranks) -> false;
    }

    /// Visits the candidates that may move to a target until one of them satisfies the visitor.
    ///
    /// @param ignored obstacles on moves to look across
    /// @param visit may remove the candidate
    /// @return whether one did
    boolean any(int target, int ignored, OriginPool candidates, OriginPool.Visitor visit) {
        int moves = situation.moves(target);
        if ((moves & ~Situation.ASK & ~ignored) != 0) {
            return false;
        }
        this.target = target;
        this.ignored = ignored;
        this.candidates = candidates;
        this.visit = visit;
        hasRules = (moves & Situation.ASK) != 0;
        clearOfSticky = stops.clearOfSticky(target);
        return older(Math.max(lowest, stops.lowestOrigin(target)))
                || newer()
                || explicit(index.explicitOrigins(target));
    }

    /// Whether any candidate may be an origin of a target, now or later, as candidates are only
    /// removed. Errs on the side of yes.
    boolean mayHaveAny(int target, OriginPool candidates) {
        int low =
                Math.max(Math.max(lowest, stops.lowestOrigin(target)), index.lowestOrigin(target));
        Acceptances plain = index.acceptances();
        boolean stableOnly = plain.isPlain(target) && !plain.withPreReleases(target);
        return situation.request().allowDowngrade()
                || candidates.stable().next(low, target) < target
                || (!(stableOnly && index.explicitOrigins(target).length == 0)
                        && candidates.preReleases().next(low, target) < target);
    }

    private boolean older(int low) {
        Acceptances plain = index.acceptances();
        if (!plain.isPlain(target)) {
            return accepted(low, target);
        }
        int start = Math.max(low, plain.low(target));
        int end = plain.high(target);
        return scan(candidates.stable(), start, end, null, 0)
                || (plain.withPreReleases(target)
                        && scan(candidates.preReleases(), start, end, null, 0));
    }

    private boolean newer() {
        return situation.request().allowDowngrade()
                && index.acceptsNewer(target)
                && accepted(target + 1, index.ranks().count());
    }

    private boolean explicit(int[] origins) {
        for (int origin : origins) {
            if (candidates.contains(origin)
                    && origin >= lowest
                    && isOpen(origin)
                    && visit.visit(RankBits.wordOf(origin), RankBits.bitOf(origin))) {
                return true;
            }
        }
        return false;
    }

    /// What the target accepts between two ranks.
    private boolean accepted(int low, int high) {
        if (index.acceptsOlder(target)) {
            int end = low > target ? high : Math.min(high, index.ranks().firstOfPrecedence(target));
            return scan(candidates.stable(), low, end, null, 0)
                    || scan(candidates.preReleases(), low, end, null, 0);
        }
        RankSet set = index.accepted(target);
        for (int i = 0; set != null && i < set.intervals(); i++) {
            int start = Math.max(low, set.low(i));
            int end = Math.min(high, set.high(i));
            if (scan(candidates.stable(), start, end, null, 0)
                    || (set.admitsPreReleases(i)
                            && scan(candidates.preReleases(), start, end, set, i))) {
                return true;
            }
        }
        return false;
    }

    /// Those of a word that nothing is asked about are visited together.
    private boolean scan(RankBits from, int low, int end, @Nullable RankSet set, int interval) {
        boolean clear = set == null && !hasRules && end <= target && low >= clearOfSticky;
        for (int word = RankBits.wordOf(low);
                low < end && word <= RankBits.wordOf(end - 1);
                word++) {
            long found = from.between(word, low, end);
            long asked = clear ? found & index.askedAbout().word(word) : found;
            if (found != asked && visit.visit(word, found & ~asked)) {
                return true;
            }
            for (; asked != 0; asked &= asked - 1) {
                int origin = RankBits.first(word, asked);
                if ((set == null || set.admits(interval, origin))
                        && index.allows(origin, target)
                        && isOpen(origin)
                        && visit.visit(word, RankBits.bitOf(origin))) {
                    return true;
                }
            }
        }
        return false;
    }

    /// Whether an existing edge to the target may be used.
    private boolean isOpen(int origin) {
        return origin != target
                && !stops.isCrossed(origin, target)
                && (situation.edge(origin, target) & ~ignored) == 0;
    }
}
