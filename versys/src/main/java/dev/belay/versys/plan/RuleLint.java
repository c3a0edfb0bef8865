package dev.belay.versys.plan;

import dev.belay.versys.graph.ChannelRules;
import dev.belay.versys.graph.EdgeRule;
import dev.belay.versys.graph.OfferRule;
import dev.belay.versys.graph.Release;
import dev.belay.versys.graph.Reserved;
import dev.belay.versys.graph.SeriesRule;
import dev.belay.versys.graph.StopRule;
import dev.belay.versys.graph.UnlistedRule;
import dev.belay.versys.plan.index.ChannelIndex;
import dev.belay.versys.plan.index.IndexedRule;
import dev.belay.versys.plan.index.RankSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Rules of a channel document that say nothing: ranges without a release, blocks and risks on
/// moves that do not exist.
final class RuleLint {
    private final ChannelIndex index;
    private final List<Finding> findings = new ArrayList<>();

    private RuleLint(ChannelIndex index) {
        this.index = index;
    }

    static List<Finding> check(ChannelIndex index) {
        RuleLint lint = new RuleLint(index);
        lint.ranges();
        lint.moves();
        lint.offers();
        lint.floor();
        return lint.findings;
    }

    private void ranges() {
        ChannelRules rules = index.channel().rules();
        for (SeriesRule rule : rules.series()) {
            range(rule.selector(), "a series rule");
            rule.plainRange().ifPresent(range -> range(range, "a series rule"));
        }
        for (StopRule rule : rules.stops()) {
            if (rule.where() instanceof StopRule.LastIn(String range)) {
                range(Reserved.restricting(range), "a stop");
            }
            rule.scope().origins().ifPresent(range -> range(Reserved.restricting(range), "a stop"));
            rule.scope().targets().ifPresent(range -> range(Reserved.restricting(range), "a stop"));
        }
        for (UnlistedRule rule : rules.unlisted()) {
            rule.to().ifPresent(range -> range(range, "to of unlisted " + rule.versions()));
        }
        for (Release release : index.channel().releases()) {
            boolean oldest = index.ranks().rank(release.version()) == 0;
            release.edges()
                    .from()
                    .filter(range -> !Reserved.isKeyword(range) && !oldest)
                    .ifPresent(range -> range(range, "from of " + release.version()));
            release.edges().to().ifPresent(range -> range(range, "to of " + release.version()));
        }
    }

    private void range(String range, String where) {
        RankSet set = index.ranks().set(range);
        for (int rank = 0; rank < index.ranks().count(); rank++) {
            if (set.contains(rank)) {
                return;
            }
        }
        findings.add(
                new Finding(
                        false,
                        "empty-range",
                        Optional.empty(),
                        where + " has a range that matches no release: " + range));
    }

    /// Behind one that fits everybody stands nothing that anybody gets to.
    private void offers() {
        List<OfferRule> offers = index.channel().rules().offers();
        for (int i = 0; i < offers.size() - 1; i++) {
            if (offers.get(i).fitsAll()) {
                findings.add(
                        new Finding(
                                false,
                                "unused-offer",
                                Optional.of(offers.get(i).head()),
                                "the offer of "
                                        + offers.get(i).head()
                                        + " fits every host: those behind it are never made"));
                return;
            }
        }
    }

    private void floor() {
        ChannelRules rules = index.channel().rules();
        rules.floor()
                .filter(floor ->
                        index.ranks().firstAtLeast(index.channel().scheme().key(floor))
                                == index.ranks().count())
                .ifPresent(floor ->
                        findings.add(
                                new Finding(
                                        false,
                                        "floor-above-all",
                                        Optional.of(floor),
                                        "the floor "
                                                + floor
                                                + " lies above every release: nothing is a target")));
    }

    private void moves() {
        ChannelRules rules = index.channel().rules();
        rules.blocked().forEach(rule -> used(rule, "unused-block", "a block"));
        rules.conditions().forEach(rule -> used(rule, "unused-risk", "risk " + rule.name()));
        for (Release release : index.channel().releases()) {
            int target = index.ranks().rank(release.version());
            for (EdgeRule rule : release.passage().conditions()) {
                if (!speaks(rule, target)) {
                    unused("unused-risk", "risk " + rule.name() + " of " + release.version());
                }
            }
        }
    }

    private void used(EdgeRule rule, String kind, String what) {
        for (int target = 0; target < index.ranks().count(); target++) {
            List<IndexedRule> known =
                    kind.equals("unused-block") ? index.blocked(target) : index.conditions(target);
            boolean here = known.stream().anyMatch(each -> each.rule().equals(rule));
            if (here && speaks(rule, target)) {
                return;
            }
        }
        unused(kind, what);
    }

    private boolean speaks(EdgeRule rule, int target) {
        IndexedRule indexed = new IndexedRule(rule, 0, index.ranks());
        for (int origin = 0; origin < index.ranks().count(); origin++) {
            if (origin != target && index.hasEdge(origin, target) && indexed.speaksOf(origin)) {
                return true;
            }
        }
        return false;
    }

    private void unused(String kind, String what) {
        findings.add(
                new Finding(false, kind, Optional.empty(), what + " speaks of no existing move"));
    }
}
