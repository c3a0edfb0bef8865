package dev.belay.versys.plan;

import dev.belay.versys.plan.index.ChannelIndex;
import dev.belay.versys.plan.index.OriginPool;
import dev.belay.versys.plan.index.RankBits;
import dev.belay.versys.plan.index.Ranks;
import java.util.Arrays;

/// How grave the obstacles are that a host has to pass to get to each release: the mildest level at
/// which some way leads there.
///
/// Level 0 is a way without obstacles; a level is the number of kinds of [Obstacle], mildest first,
/// that have to be ignored. Moves upwards lead from lower ranks to higher ones, so one pass in the
/// order of ranks answers for all levels at once; with downgrades it is repeated until nothing
/// changes.
final class Reach {
    /// No way leads there, whatever is ignored.
    static final int NEVER = Obstacle.NEVER.level();

    private static final int DEAD_END = Cause.DEAD_END.obstacle().level();

    private final Situation situation;
    private final ChannelIndex index;
    private final OpenOrigins origins;
    private final byte[] level;
    private final int mildest;
    private final int gravest;

    // One visitor for all questions: what is asked ten thousand times should be easy to inline.
    private final OriginPool.Visitor first = this::find;
    private int found;
    private int highest;

    /// The releases reached at each level, and at any, but for those that nothing leads on from.
    private final OriginPool[] at = new OriginPool[NEVER];

    private final OriginPool anyhow;

    /// @param from where the host is
    /// @param last no release above this rank is asked about
    /// @param mildest the lowest level that is asked about; what is milder counts as that
    /// @param gravest the highest level that is asked about; what is graver counts as [#NEVER]
    Reach(Situation situation, ActiveStops stops, int from, int last, int mildest, int gravest) {
        this.situation = situation;
        this.index = situation.index();
        this.origins = new OpenOrigins(situation, stops, from);
        this.mildest = mildest;
        this.gravest = gravest;
        Ranks ranks = index.ranks();
        level = new byte[ranks.count()];
        Arrays.fill(level, (byte) NEVER);
        for (int i = 0; i < at.length; i++) {
            at[i] = OriginPool.none(ranks);
        }
        anyhow = OriginPool.none(ranks);
        reached(from, mildest);
        if (situation.request().allowDowngrade()) {
            anywhere();
        } else {
            upwards(from, last);
        }
    }

    /// Above what the releases reached so far could ever lead to, there is nothing to ask, nor
    /// where everything that leads to a release lies above them.
    private void upwards(int from, int last) {
        int highest = index.highestTarget(from);
        int reached = from;
        for (int target = from + 1; target <= Math.min(last, highest); target++) {
            if (index.lowestOrigin(target) <= reached && improve(target)) {
                reached = target;
                highest = Math.max(highest, index.highestTarget(target));
            }
        }
    }

    private void anywhere() {
        boolean changed = true;
        while (changed) {
            changed = false;
            for (int target = 0; target < level.length; target++) {
                changed |= improve(target);
            }
        }
    }

    /// The obstacles that a search at a level looks across, as bits.
    static int ignoredAt(int level) {
        return (1 << level) - 1;
    }

    /// The mildest level at which some way leads to a release, or [#NEVER].
    int level(int rank) {
        return level[rank];
    }

    /// The highest release that some way leads to.
    int highest() {
        return highest;
    }

    /// The releases that the host can get to at a level or a milder one.
    OriginPool within(int level) {
        OriginPool within = at[0].copy();
        for (int milder = 1; milder <= level; milder++) {
            within.addAll(at[milder]);
        }
        return within;
    }

    private boolean improve(int target) {
        int least = Math.max(mildest, Obstacle.levelOf(situation.target(target)));
        if (least > gravest || least >= level[target]) {
            return false;
        }
        // Most releases are not reached at all, or by the first origin as mildly as can be.
        int mild = Math.max(least, levelByFirstOrigin(target));
        while (mild > least && mild <= gravest && isReached(target, mild - 1)) {
            mild--;
        }
        if (mild >= level[target]) {
            return false;
        }
        reached(target, mild);
        return true;
    }

    private int levelByFirstOrigin(int target) {
        return origins.any(target, ignoredAt(gravest), anyhow, first)
                ? Math.max(level[found], Obstacle.levelOf(situation.edge(found, target)))
                : NEVER;
    }

    private boolean find(int word, long ranks) {
        found = RankBits.first(word, ranks);
        return true;
    }

    private boolean isReached(int target, int level) {
        for (int milder = mildest; milder <= level; milder++) {
            if (origins.any(target, ignoredAt(level), at[milder], first)) {
                return true;
            }
        }
        return false;
    }

    private void reached(int rank, int mild) {
        if (level[rank] < NEVER) {
            at[level[rank]].remove(RankBits.wordOf(rank), RankBits.bitOf(rank));
        }
        level[rank] = (byte) mild;
        highest = Math.max(highest, rank);
        if (gravest < DEAD_END && index.traits().isDeadEnd(rank)) {
            return; // no origin of anything
        }
        at[mild].add(rank, index.isPreRelease(rank));
        anyhow.add(rank, index.isPreRelease(rank));
    }
}
