package dev.belay.versys.plan.index;

import dev.belay.versys.graph.EdgeRule;
import dev.belay.versys.graph.Release;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Rules about moves, by target.
final class RuleTable {
    private final List<IndexedRule> everywhere = new ArrayList<>();
    private final @Nullable List<IndexedRule>[] byTarget;
    private int end;

    /// @param first the number of the first rule
    @SuppressWarnings({"unchecked", "rawtypes"})
    RuleTable(
            Ranks ranks, int first, List<EdgeRule> channel, Function<Release, List<EdgeRule>> own) {
        end = first;
        byTarget = new List[ranks.count()];
        for (EdgeRule rule : channel) {
            if (rule.target().isEmpty() && rule.targets().isEmpty()) {
                everywhere.add(new IndexedRule(rule, end++, ranks));
            }
        }
        for (EdgeRule rule : channel) {
            IndexedRule indexed = new IndexedRule(rule, end++, ranks);
            rule.target()
                    .map(ranks::rank)
                    .filter(rank -> rank >= 0)
                    .ifPresent(rank -> add(rank, indexed));
            rule.targets().map(ranks::restrictingSet).ifPresent(set -> addAll(set, indexed));
        }
        for (int rank = 0; rank < byTarget.length; rank++) {
            for (EdgeRule rule : own.apply(ranks.release(rank))) {
                add(rank, new IndexedRule(rule, end++, ranks));
            }
        }
    }

    /// The number after that of the last rule.
    int end() {
        return end;
    }

    private void addAll(RankSet targets, IndexedRule rule) {
        for (int i = 0; i < targets.intervals(); i++) {
            for (int rank = targets.low(i); rank < targets.high(i); rank++) {
                if (targets.admits(i, rank)) {
                    add(rank, rule);
                }
            }
        }
    }

    private void add(int target, IndexedRule rule) {
        List<IndexedRule> rules = byTarget[target];
        if (rules == null) {
            rules = new ArrayList<>(everywhere);
            byTarget[target] = rules;
        }
        if (!rules.contains(rule)) {
            rules.add(rule);
        }
    }

    List<IndexedRule> of(int target) {
        List<IndexedRule> rules = byTarget[target];
        return rules == null ? everywhere : rules;
    }
}
