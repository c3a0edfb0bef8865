package dev.belay.versys.plan.index;

import dev.belay.versys.graph.EdgeRule;
import dev.belay.versys.graph.Move;
import dev.belay.versys.graph.OriginPattern;
import dev.belay.versys.graph.Truth;
import dev.belay.versys.version.Version;
import java.util.BitSet;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A rule about moves with its origins as ranks.
public final class IndexedRule {
    private final EdgeRule rule;
    private final int number;
    private final Ranks ranks;
    private final @Nullable RankSet range;
    private final boolean all;
    private final boolean dependsOnMove;
    private final BitSet listed = new BitSet();
    private final @Nullable OriginPattern pattern;

    /// @param number its place among the rules of the channel that may be in the way
    public IndexedRule(EdgeRule rule, int number, Ranks ranks) {
        this.number = number;
        this.rule = rule;
        this.ranks = ranks;
        this.range = rule.origins().range().map(ranks::restrictingSet).orElse(null);
        this.all = rule.origins().isAll();
        this.dependsOnMove = rule.when().asksOfMove();
        for (Version version : rule.origins().versions()) {
            int rank = ranks.rank(version);
            if (rank >= 0) {
                listed.set(rank);
            }
        }
        this.pattern = rule.origins().pattern().orElse(null);
    }

    public boolean isForAllOrigins() {
        return all;
    }

    public int number() {
        return number;
    }

    public EdgeRule rule() {
        return rule;
    }

    public boolean speaksOf(int origin) {
        return all
                || (range != null && range.contains(origin))
                || listed.get(origin)
                || (pattern != null && pattern.find(ranks.release(origin).version().text()));
    }

    /// A host that does not tell its platform is taken to be on the one in question.
    public boolean concerns(Optional<String> platform) {
        return rule.platforms().isEmpty()
                || platform.isEmpty()
                || rule.platforms().contains(platform.get());
    }

    /// Whether its question is about the versions of a move too, not about the host alone.
    public boolean dependsOnMove() {
        return dependsOnMove;
    }

    public boolean holds(Move move) {
        return rule.when().isAlways() || rule.when().test(move) != Truth.NO;
    }
}
