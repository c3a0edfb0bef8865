package dev.belay.versys.plan;

import dev.belay.versys.graph.Channel;
import dev.belay.versys.graph.ChannelSet;
import dev.belay.versys.graph.FactTest;
import dev.belay.versys.graph.Move;
import dev.belay.versys.graph.OfferRule;
import dev.belay.versys.graph.Release;
import dev.belay.versys.graph.Rollout;
import dev.belay.versys.graph.Truth;
import dev.belay.versys.plan.index.ChannelIndex;
import dev.belay.versys.plan.index.IndexedRule;
import dev.belay.versys.plan.index.Ranks;
import dev.belay.versys.version.Version;
import dev.belay.versys.version.VersionRange;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One request against one channel: what is in the way of each release and of each move. Answers
/// are bits of [Cause], or only those of [Obstacle] where it is asked how grave they are.
final class Situation {
    /// Moves to a release have to be asked about one by one. No bit of [Obstacle].
    static final int ASK = 32;

    private static final byte UNASKED = -1;

    private final ChannelIndex index;
    private final PlanRequest request;
    private final Set<String> lineage;
    private final boolean channelSets;
    private final int head;
    private final int floor;

    /// The first rank above the pin.
    private final int pinned;

    private final Effort effort = new Effort();
    private final byte[] targets;
    private final byte[] rules;
    private final @Nullable BitSet serving;
    private final BitSet rejected = new BitSet();
    private final boolean releasedLater;

    /// @throws IllegalArgumentException if the pin is no range of the channel's versions
    Situation(ChannelIndex index, PlanRequest request) {
        this.index = index;
        this.request = request;
        Channel channel = index.channel();
        lineage = channel.lineage(request.channel().orElse(channel.name()));
        channelSets = !channel.rules().channels().isEmpty();
        head =
                Math.min(
                        channel.rules()
                                .head(request.platform().orElse(Release.ANY_PLATFORM))
                                .map(index.ranks()::rank)
                                .orElse(Integer.MAX_VALUE),
                        offered());
        floor =
                channel.rules()
                        .floor()
                        .map(v -> index.ranks().firstAtLeast(channel.scheme().key(v)))
                        .orElse(0);
        pinned =
                request.pin()
                        .map(text -> VersionRange.parse(text, channel.scheme()))
                        .map(index.ranks()::firstAbove)
                        .orElse(Integer.MAX_VALUE);
        serving = request.platform().map(index.traits()::serving).orElse(null);
        for (Version version : request.rejected()) {
            int rank = index.ranks().rank(version);
            if (rank >= 0) {
                rejected.set(rank);
            }
        }
        releasedLater = channel.rules().releasedLater();
        targets = new byte[index.ranks().count()];
        Arrays.fill(targets, UNASKED);
        rules = new byte[index.rules()];
        Arrays.fill(rules, UNASKED);
    }

    /// The head of the first offer that fits the host. If it does not tell enough, the lowest of
    /// those that may fit: nothing is offered by mistake.
    private int offered() {
        int lowest = Integer.MAX_VALUE;
        if (index.ranks().rank(request.from()) < 0) {
            return lowest;
        }
        for (OfferRule offer : index.channel().rules().offers()) {
            Truth fits =
                    offer.fits(
                            index.channel(), request.from(), request.platform(), request.facts());
            if (fits != Truth.NO) {
                lowest = Math.min(lowest, index.ranks().rank(offer.head()));
            }
            if (fits == Truth.YES) {
                break;
            }
        }
        return lowest;
    }

    ChannelIndex index() {
        return index;
    }

    PlanRequest request() {
        return request;
    }

    Effort effort() {
        return effort;
    }

    Release release(int rank) {
        return index.ranks().release(rank);
    }

    /// Whether the release belongs to the channel that was asked for.
    boolean isListed(int rank) {
        Set<String> channels = release(rank).availability().channels();
        return channels.isEmpty() || channels.stream().anyMatch(lineage::contains);
    }

    /// Whether hosts of this platform can have the release.
    boolean serves(int rank) {
        return serving == null || serving.get(rank);
    }

    /// When the release becomes visible, if it is not yet.
    Optional<Instant> hiddenUntil(Release release) {
        Instant visible = release.availability().notBefore().orElse(Instant.MIN);
        if (channelSets) {
            Instant delayed =
                    lineage.stream()
                            .filter(name ->
                                    release.availability().channels().isEmpty()
                                            || release.availability().channels().contains(name))
                            .map(index.channel().rules().channels()::get)
                            .map(set ->
                                    set == null ? release.about().date() : delayed(release, set))
                            .min(Instant::compareTo)
                            .orElse(release.about().date());
            visible =
                    delayed.isAfter(visible) && delayed.isAfter(release.about().date())
                            ? delayed
                            : visible;
        }
        return visible.isAfter(request.now()) ? Optional.of(visible) : Optional.empty();
    }

    private static Instant delayed(Release release, ChannelSet set) {
        return release.about().date().plus(set.delay());
    }

    /// How grave it is what is in the way of landing on a release, wherever from.
    int target(int rank) {
        if (targets[rank] == UNASKED) {
            targets[rank] = (byte) Cause.gravity(causesOnTarget(rank));
        }
        return targets[rank];
    }

    /// What is in the way of landing on a release, wherever from, as bits of [Cause].
    int causesOnTarget(int rank) {
        int found =
                Cause.ABOVE_HEAD.bitsIf(rank > head)
                        | Cause.BELOW_FLOOR.bitsIf(rank < floor)
                        | Cause.NO_BUNDLE.bitsIf(!serves(rank))
                        | Cause.REJECTED.bitsIf(rejected.get(rank))
                        | Cause.PIN.bitsIf(rank >= pinned);
        if (!channelSets && index.traits().isPlain(rank)) {
            return found;
        }
        if (!isListed(rank)) {
            return found | Cause.UNLISTED.bits();
        }
        Release.Availability release = release(rank).availability();
        return found
                | Cause.WITHDRAWN.bitsIf(release.withdrawn().isPresent())
                | Cause.ROLLOUT.bitsIf(release.rollout().filter(this::isClosed).isPresent())
                | Cause.NOT_BEFORE.bitsIf(hiddenUntil(release(rank)).isPresent())
                | Cause.REQUIRES.bitsIf(!release.requires().isEmpty() && !unmet(rank).isEmpty());
    }

    private boolean isClosed(Rollout rollout) {
        return !rollout.isOpenTo(request.wariness(), request.now());
    }

    /// The requirements that the host does not meet, or does not tell.
    List<String> unmet(int rank) {
        Move move = move(rank, rank);
        List<String> unmet = new ArrayList<>();
        for (Map.Entry<String, FactTest> each :
                release(rank).availability().requires().entrySet()) {
            if (each.getValue().test(each.getKey(), move) != Truth.YES) {
                unmet.add(each.getKey());
            }
        }
        return unmet;
    }

    Move move(int origin, int target) {
        Ranks ranks = index.ranks();
        return new Move(
                release(origin).version(),
                ranks.key(origin),
                release(target).version(),
                ranks.key(target),
                request.facts());
    }

    /// How grave it is what is in the way of a move that has an edge, its target and stops apart.
    int edge(int origin, int target) {
        return Cause.gravity(causesOnMove(origin, target));
    }

    /// What is in the way of a move that has an edge, its target and stops apart, as bits of
    /// [Cause].
    int causesOnMove(int origin, int target) {
        int found =
                Cause.DOWNGRADE.bitsIf(origin > target && !request.allowDowngrade())
                        | Cause.DEAD_END.bitsIf(index.traits().isDeadEnd(origin))
                        | Cause.RELEASED_EARLIER.bitsIf(
                                releasedLater && isTooEarly(origin, target));
        return !index.hasMoveRules(target)
                ? found
                : found
                        | causes(Cause.BLOCKED, index.blocked(target), origin, target)
                        | causes(Cause.RISK, index.conditions(target), origin, target)
                        | causes(Cause.MOVE_ROLLOUT, index.rollouts(target), origin, target);
    }

    private int causes(Cause cause, List<IndexedRule> rules, int origin, int target) {
        for (int i = 0; i < rules.size(); i++) {
            IndexedRule rule = rules.get(i);
            if (counts(cause, rule)
                    && rule.speaksOf(origin)
                    && (!rule.dependsOnMove() || rule.holds(move(origin, target)))) {
                return cause.bits();
            }
        }
        return 0;
    }

    /// What is in the way of every move to a release, with [#ASK] if moves to it differ by more
    /// than a dead end at their origin.
    int moves(int target) {
        int asked = releasedLater ? ASK : 0;
        return !index.hasMoveRules(target)
                ? asked
                : asked
                        | onAll(Cause.BLOCKED, index.blocked(target))
                        | onAll(Cause.RISK, index.conditions(target))
                        | onAll(Cause.MOVE_ROLLOUT, index.rollouts(target));
    }

    private int onAll(Cause cause, List<IndexedRule> rules) {
        int found = 0;
        for (int i = 0; i < rules.size(); i++) {
            IndexedRule rule = rules.get(i);
            if (counts(cause, rule)) {
                boolean always = rule.isForAllOrigins() && !rule.dependsOnMove();
                found |= always ? cause.obstacle().bit() : ASK;
            }
        }
        return found;
    }

    /// Whether a rule can be in the way of this host, whatever the move.
    private boolean counts(Cause cause, IndexedRule rule) {
        byte known = rules[rule.number()];
        if (known == UNASKED) {
            boolean counts =
                    rule.concerns(request.platform())
                            && !(cause == Cause.RISK && isAccepted(rule))
                            && rule.rule().rollout().map(this::isClosed).orElse(true)
                            && (rule.dependsOnMove() || rule.holds(move(0, 0)));
            known = (byte) (counts ? 1 : 0);
            rules[rule.number()] = known;
        }
        return known > 0;
    }

    boolean isBlocked(int origin, int target) {
        return Cause.BLOCKED.isIn(causesOnMove(origin, target));
    }

    /// Whether this release was not published later than that one.
    private boolean isTooEarly(int origin, int target) {
        return !release(origin).about().date().isBefore(release(target).about().date());
    }

    /// The blocks on a move.
    List<IndexedRule> blocks(int origin, int target) {
        return applying(index.blocked(target), origin, target);
    }

    /// The risks of a move that are not accepted.
    List<IndexedRule> risks(int origin, int target) {
        List<IndexedRule> all = applying(index.conditions(target), origin, target);
        return all.isEmpty() || request.acceptedRisks().isEmpty()
                ? all
                : all.stream().filter(risk -> !isAccepted(risk)).toList();
    }

    /// The rollouts of a move alone that are not open to this host yet.
    List<Rollout> closed(int origin, int target) {
        List<IndexedRule> all = applying(index.rollouts(target), origin, target);
        return all.stream()
                .flatMap(rule -> rule.rule().rollout().stream())
                .filter(this::isClosed)
                .toList();
    }

    private boolean isAccepted(IndexedRule risk) {
        return request.acceptedRisks().contains(risk.rule().name());
    }

    /// The rules that speak of a move.
    List<IndexedRule> applying(List<IndexedRule> rules, int origin, int target) {
        List<IndexedRule> applying = List.of();
        for (int i = 0; i < rules.size(); i++) {
            if (isAbout(rules.get(i), origin, target)) {
                applying = applying.isEmpty() ? new ArrayList<>() : applying;
                applying.add(rules.get(i));
            }
        }
        return applying;
    }

    /// Whether a rule speaks of this move of this host, as far as it tells.
    boolean isAbout(IndexedRule rule, int origin, int target) {
        return rule.concerns(request.platform())
                && rule.speaksOf(origin)
                && rule.holds(move(origin, target));
    }

    /// A version in words of this situation, for messages.
    Version version(int rank) {
        return release(rank).version();
    }
}
