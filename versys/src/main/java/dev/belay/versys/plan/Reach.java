package dev.belay.versys.plan;

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

    private final Situation situation;
    private final OpenOrigins origins;
    private final byte[] level;
    private int byFirst;

    /// The releases reached at each level, and at any.
    private final Candidates[] at = new Candidates[NEVER];

    private final Candidates anyhow;

    /// @param from where the host is
    /// @param last no release above this rank is asked about; with downgrades, a way may lead
    ///   through any, so it has to be the newest
    Reach(Situation situation, ActiveStops stops, int from, int last) {
        this.situation = situation;
        this.origins = new OpenOrigins(situation, stops, from);
        Ranks ranks = situation.index().ranks();
        boolean down = situation.request().allowDowngrade();
        level = new byte[ranks.count()];
        Arrays.fill(level, (byte) NEVER);
        for (int i = 0; i < at.length; i++) {
            at[i] = Candidates.none(ranks);
        }
        anyhow = Candidates.none(ranks);
        reached(from, 0);
        boolean changed;
        do {
            changed = false;
            for (int target = down ? 0 : from + 1; target <= last; target++) {
                changed |= improve(target);
            }
        } while (down && changed);
    }

    /// The obstacles that a search at a level looks across, as bits.
    static int ignoredAt(int level) {
        return (1 << level) - 1;
    }

    /// The mildest level at which some way leads to a release.
    int level(int rank) {
        return level[rank];
    }

    /// The releases that the host can get to at a level or a milder one.
    Candidates within(int level) {
        Candidates within = at[0].copy();
        for (int milder = 1; milder <= level; milder++) {
            within.addAll(at[milder]);
        }
        return within;
    }

    private boolean improve(int target) {
        int mildest = Obstacle.levelOf(situation.target(target));
        if (mildest >= level[target]) {
            return false;
        }
        // Most releases are not reached at all, or by the first origin as mildly as can be.
        int found = Math.max(mildest, levelByFirstOrigin(target));
        while (found > mildest && found < NEVER && isReached(target, found - 1)) {
            found--;
        }
        if (found >= level[target]) {
            return false;
        }
        reached(target, found);
        return true;
    }

    private int levelByFirstOrigin(int target) {
        byFirst = NEVER;
        origins.any(
                target,
                ignoredAt(NEVER - 1),
                anyhow,
                origin -> {
                    int move = Obstacle.levelOf(situation.edge(origin, target));
                    byFirst = Math.max(level[origin], move);
                    return true;
                });
        return byFirst;
    }

    private boolean isReached(int target, int level) {
        for (int milder = 0; milder <= level; milder++) {
            if (origins.any(target, ignoredAt(level), at[milder], _ -> true)) {
                return true;
            }
        }
        return false;
    }

    private void reached(int rank, int found) {
        boolean preRelease = situation.index().ranks().isPreRelease(rank);
        if (level[rank] < NEVER) {
            at[level[rank]].remove(rank);
        }
        level[rank] = (byte) found;
        at[found].add(rank, preRelease);
        anyhow.add(rank, preRelease);
    }
}
