package dev.belay.versys.plan.index;

import dev.belay.versys.graph.Channel;
import dev.belay.versys.graph.ChannelRules;
import dev.belay.versys.graph.EdgeRule;
import dev.belay.versys.graph.Release;
import dev.belay.versys.graph.Reserved;
import dev.belay.versys.graph.SeriesRule;
import dev.belay.versys.version.Version;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// A channel prepared for search: which origins each release accepts, as intervals of ranks, and
/// the rules on the moves to it. Immutable once built.
public final class ChannelIndex {
    private static final int[] NO_EDGES = {};

    /// What a target accepts.
    private static final class Accepts {
        private String range = Reserved.NONE;
        private boolean downgrade;
        private boolean own;
    }

    private final Channel channel;
    private final Ranks ranks;
    private final boolean[] older;
    private final @Nullable RankSet[] accepted;
    private final boolean[] downgrade;
    private final @Nullable RankSet[] allowed;
    private final int[][] explicitOrigins;
    private final RuleTable blocked;
    private final RuleTable conditions;
    private final RuleTable manualActions;
    private final RuleTable rollouts;
    private final StopIndex stops;
    private final TargetTraits traits;
    private final OriginPool everyRelease;
    private final RankBits askedAbout;
    private final EdgeBounds bounds;
    private final Acceptances acceptances;
    private final BitSet ruled = new BitSet();
    private final BitSet landable = new BitSet();
    private final Weights weights;

    public ChannelIndex(Channel channel) {
        this.channel = channel;
        this.ranks = new Ranks(channel);
        int count = ranks.count();
        older = new boolean[count];
        accepted = new RankSet[count];
        downgrade = new boolean[count];
        allowed = new RankSet[count];
        explicitOrigins = new int[count][];
        ChannelRules rules = channel.rules();
        acceptances(rules);
        allowances(rules);
        explicitEdges();
        blocked = new RuleTable(ranks, 0, rules.blocked(), _ -> List.of());
        conditions =
                new RuleTable(
                        ranks,
                        blocked.end(),
                        rules.conditions(),
                        release -> release.passage().conditions());
        manualActions =
                new RuleTable(
                        ranks,
                        0,
                        rules.manualActions(),
                        release -> release.passage().manualActions());
        rollouts = new RuleTable(ranks, conditions.end(), rules.rollouts(), _ -> List.of());
        stops = new StopIndex(channel, ranks);
        for (int rank = 0; rank < count; rank++) {
            landable.set(rank, hasOlderOrigin(rank));
            ruled.set(
                    rank,
                    !blocked.of(rank).isEmpty()
                            || !conditions.of(rank).isEmpty()
                            || !rollouts.of(rank).isEmpty());
        }
        traits = new TargetTraits(ranks);
        everyRelease = OriginPool.all(ranks);
        askedAbout = new RankBits(count);
        for (int rank = 0; rank < count; rank++) {
            if (allowed[rank] != null || traits.isDeadEnd(rank)) {
                askedAbout.add(rank);
            }
        }
        bounds = new EdgeBounds(this);
        acceptances = new Acceptances(this);
        weights = new Weights(ranks, traits);
    }

    private void acceptances(ChannelRules rules) {
        Accepts[] found = new Accepts[ranks.count()];
        for (int rank = 0; rank < found.length; rank++) {
            Release release = ranks.release(rank);
            Accepts accepts = new Accepts();
            accepts.own = release.edges().from().isPresent();
            accepts.range = release.edges().from().orElse(rules.from());
            accepts.downgrade = release.edges().downgrade();
            found[rank] = accepts;
        }
        bySpecificity(
                rules.series().stream().filter(SeriesRule::ofTargets).toList(),
                (rule, rank) -> {
                    if (!found[rank].own) {
                        found[rank].own = true;
                        found[rank].range = rule.range();
                        found[rank].downgrade |= rule.downgrade();
                    }
                });
        for (int rank = 0; rank < found.length; rank++) {
            String range = found[rank].range;
            older[rank] = range.equals(Reserved.OLDER);
            accepted[rank] = Reserved.isKeyword(range) ? null : ranks.set(range, rank);
            downgrade[rank] = found[rank].downgrade;
        }
    }

    private void allowances(ChannelRules rules) {
        for (int rank = 0; rank < ranks.count(); rank++) {
            allowed[rank] = ranks.release(rank).edges().to().map(ranks::set).orElse(null);
        }
        bySpecificity(
                rules.series().stream().filter(rule -> !rule.ofTargets()).toList(),
                (rule, rank) -> {
                    if (allowed[rank] == null) {
                        allowed[rank] = ranks.set(rule.range());
                    }
                });
    }

    /// Rules for an exact version first, then the others, each in their order.
    private void bySpecificity(List<SeriesRule> rules, BiConsumer<SeriesRule, Integer> apply) {
        List<SeriesRule> ranges = new ArrayList<>();
        for (SeriesRule rule : rules) {
            int exact = exactRank(rule.selector());
            if (exact >= 0) {
                apply.accept(rule, exact);
            } else {
                ranges.add(rule);
            }
        }
        for (SeriesRule rule : ranges) {
            RankSet selected = ranks.set(rule.selector());
            for (int i = 0; i < selected.intervals(); i++) {
                for (int rank = selected.low(i); rank < selected.high(i); rank++) {
                    if (selected.admits(i, rank)) {
                        apply.accept(rule, rank);
                    }
                }
            }
        }
    }

    private int exactRank(String selector) {
        try {
            return ranks.rank(Version.of(selector));
        } catch (IllegalArgumentException _) {
            return -1;
        }
    }

    private void explicitEdges() {
        Arrays.fill(explicitOrigins, NO_EDGES);
        for (int rank = 0; rank < ranks.count(); rank++) {
            Release release = ranks.release(rank);
            for (Version origin : release.edges().previous()) {
                addEdge(ranks.rank(origin), rank);
            }
            for (Version target : release.edges().next()) {
                addEdge(rank, ranks.rank(target));
            }
        }
        for (int[] origins : explicitOrigins) {
            Arrays.sort(origins);
        }
    }

    private void addEdge(int origin, int target) {
        int[] known = explicitOrigins[target];
        int[] grown = Arrays.copyOf(known, known.length + 1);
        grown[known.length] = origin;
        explicitOrigins[target] = grown;
    }

    public Channel channel() {
        return channel;
    }

    public Ranks ranks() {
        return ranks;
    }

    public StopIndex stops() {
        return stops;
    }

    public TargetTraits traits() {
        return traits;
    }

    public boolean isPreRelease(int rank) {
        return everyRelease.preReleases().contains(rank);
    }

    /// All releases, to be copied.
    public OriginPool everyRelease() {
        return everyRelease;
    }

    /// The releases whose moves depend on more than what the target accepts: dead ends, and those
    /// that say themselves where they lead.
    public RankBits askedAbout() {
        return askedAbout;
    }

    /// No edge leads higher from a release.
    public int highestTarget(int origin) {
        return bounds.highestTarget(origin);
    }

    /// No edge upwards leads to a release from below it.
    public int lowestOrigin(int target) {
        return bounds.lowestOrigin(target);
    }

    /// Whether the channel blocks moves to a release or states risks of them.
    public boolean hasMoveRules(int target) {
        return ruled.get(target);
    }

    /// What targets accept of older releases, where it is simple.
    public Acceptances acceptances() {
        return acceptances;
    }

    public Weights weights() {
        return weights;
    }

    public boolean acceptsOlder(int target) {
        return older[target];
    }

    public @Nullable RankSet accepted(int target) {
        return accepted[target];
    }

    public boolean acceptsNewer(int target) {
        return downgrade[target];
    }

    public int[] explicitOrigins(int target) {
        return explicitOrigins[target];
    }

    /// Whether there is an edge at all, all conditions apart.
    public boolean hasEdge(int origin, int target) {
        return Arrays.binarySearch(explicitOrigins[target], origin) >= 0
                || (accepts(origin, target) && allows(origin, target));
    }

    private boolean accepts(int origin, int target) {
        if (origin > target && !downgrade[target]) {
            return false;
        }
        RankSet set = accepted[target];
        return older[target]
                ? origin < ranks.firstOfPrecedence(target) || (origin > target && downgrade[target])
                : set != null && origin != target && set.contains(origin);
    }

    /// Whether the origin's own rule lets it go there.
    public boolean allows(int origin, int target) {
        RankSet set = allowed[origin];
        return set == null || set.contains(target);
    }

    /// Whether any older release has an edge to it, conditions apart.
    public boolean isLandable(int target) {
        return landable.get(target);
    }

    private boolean hasOlderOrigin(int target) {
        int[] explicit = explicitOrigins[target];
        if (explicit.length > 0 && explicit[0] < target) {
            return true;
        }
        RankSet set = accepted[target];
        boolean any = older[target] && isAllowed(0, ranks.firstOfPrecedence(target), null, target);
        for (int i = 0; set != null && !any && i < set.intervals(); i++) {
            any = isAllowed(set.low(i), Math.min(set.high(i), target), set, target);
        }
        return any;
    }

    private boolean isAllowed(int low, int high, @Nullable RankSet set, int target) {
        for (int origin = low; origin < high; origin++) {
            if (allows(origin, target) && (set == null || set.contains(origin))) {
                return true;
            }
        }
        return false;
    }

    /// Whether anything leads to the release.
    public boolean isEverTarget(int target) {
        return older[target] || accepted[target] != null || explicitOrigins[target].length > 0;
    }

    /// How many rules may be in the way of moves.
    public int rules() {
        return rollouts.end();
    }

    public List<IndexedRule> blocked(int target) {
        return blocked.of(target);
    }

    public List<IndexedRule> conditions(int target) {
        return conditions.of(target);
    }

    /// Rollouts of some moves to a release alone.
    public List<IndexedRule> rollouts(int target) {
        return rollouts.of(target);
    }

    public List<IndexedRule> manualActions(int target) {
        return manualActions.of(target);
    }

    /// Conditions that the document states for the channel as a whole.
    public List<EdgeRule> channelConditions() {
        return channel.rules().conditions();
    }
}
