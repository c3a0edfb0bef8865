package dev.belay.versys.plan.index;

import dev.belay.versys.graph.Channel;
import dev.belay.versys.graph.Release;
import dev.belay.versys.graph.StopRule;
import dev.belay.versys.graph.StopScope;
import dev.belay.versys.version.VersionKey;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// The stop rules of a channel with the ranks they may fall on.
public final class StopIndex {
    /// A rule and, for rules over series, the ranks of each series in ascending order.
    ///
    /// @param wall where an exact stop stands that is not listed: the first rank above it; else -1
    public record IndexedStop(
            StopRule rule, List<int[]> series, int wall, @Nullable RankSet origins) {
        boolean dependsOnTarget() {
            StopScope scope = rule.scope();
            return scope.targets().isPresent() || scope.when().asksOfTarget();
        }
    }

    private final Ranks ranks;
    private final List<IndexedStop> stops = new ArrayList<>();
    private final int[] dependingOnTarget;
    private @Nullable IndexedStop everyMinor;

    StopIndex(Channel channel, Ranks ranks) {
        this.ranks = ranks;
        for (Release release : channel.releases()) {
            release.passage()
                    .requiredStop()
                    .map(scope -> new StopRule(new StopRule.Exactly(release.version()), scope))
                    .ifPresent(rule -> stops.add(index(channel, rule)));
        }
        for (StopRule rule : channel.rules().stops()) {
            stops.add(index(channel, rule));
        }
        dependingOnTarget =
                IntStream.range(0, stops.size())
                        .filter(place -> stops.get(place).dependsOnTarget())
                        .toArray();
    }

    private IndexedStop index(Channel channel, StopRule rule) {
        @Nullable RankSet origins = rule.scope().origins().map(ranks::restrictingSet).orElse(null);
        return switch (rule.where()) {
            case StopRule.Exactly(var version) -> {
                int rank = ranks.rank(version);
                yield rank >= 0
                        ? new IndexedStop(rule, List.of(new int[] {rank}), -1, origins)
                        : new IndexedStop(
                                rule,
                                List.of(),
                                ranks.firstAtLeast(channel.scheme().key(version)),
                                origins);
            }
            case StopRule.LastIn(String range) -> {
                RankSet set = ranks.restrictingSet(range);
                List<Integer> members = new ArrayList<>();
                for (int rank = 0; rank < ranks.count(); rank++) {
                    if (set.contains(rank)) {
                        members.add(rank);
                    }
                }
                yield new IndexedStop(rule, List.of(array(members)), -1, origins);
            }
            case StopRule.LastOfEach each -> new IndexedStop(rule, series(each), -1, origins);
        };
    }

    private List<int[]> series(StopRule.LastOfEach each) {
        @Nullable RankSet within = each.within().map(ranks::restrictingSet).orElse(null);
        List<int[]> series = new ArrayList<>();
        List<Integer> members = new ArrayList<>();
        for (int rank = 0; rank < ranks.count(); rank++) {
            VersionKey key = ranks.key(rank);
            if (rank > 0 && !key.sharesNumbers(ranks.key(rank - 1), each.depth())) {
                close(members, series);
            }
            if ((within == null || within.contains(rank)) && isCounted(key, each)) {
                members.add(rank);
            }
        }
        close(members, series);
        return series;
    }

    private static boolean isCounted(VersionKey key, StopRule.LastOfEach each) {
        if (each.numbers().isEmpty()) {
            return true;
        }
        BigInteger last = key.number(each.depth() - 1);
        return last.bitLength() < Integer.SIZE && each.numbers().contains(last.intValue());
    }

    private static void close(List<Integer> members, List<int[]> series) {
        if (!members.isEmpty()) {
            series.add(array(members));
            members.clear();
        }
    }

    private static int[] array(List<Integer> members) {
        return members.stream().mapToInt(Integer::intValue).toArray();
    }

    public List<IndexedStop> stops() {
        return stops;
    }

    /// The places in the list of those that may hold on the way to one target only.
    public int[] dependingOnTarget() {
        return dependingOnTarget;
    }

    /// The stops of the policy that skips no minor.
    public synchronized IndexedStop everyMinor() {
        if (everyMinor == null) {
            StopRule.LastOfEach each = new StopRule.LastOfEach(2, Optional.empty(), Set.of());
            everyMinor =
                    new IndexedStop(
                            new StopRule(each, StopScope.EVERYBODY), series(each), -1, null);
        }
        return everyMinor;
    }
}
