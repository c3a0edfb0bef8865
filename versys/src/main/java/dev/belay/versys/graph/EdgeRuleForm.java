package dev.belay.versys.graph;

import dev.belay.versys.version.Version;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The fields of a rule about moves.
final class EdgeRuleForm extends Form<EdgeRule> {
    private final @Nullable Field<EdgeRule, String> name;
    private final @Nullable Field<EdgeRule, Optional<Version>> target;
    private final @Nullable Field<EdgeRule, Optional<String>> targets;
    private final Field<EdgeRule, Optional<String>> from;
    private final Field<EdgeRule, List<Version>> origins;
    private final Field<EdgeRule, Optional<OriginPattern>> pattern;
    private final Field<EdgeRule, Set<String>> platforms;
    private final Field<EdgeRule, HostPredicate> when;
    private final NoticeForm.Fields<EdgeRule> notice;

    private final @Nullable Field<EdgeRule, Rollout> rollout;

    /// @param naming the field that carries the name, if there is one
    /// @param inRelease whether the release it stands in is the target
    /// @param rollsOut whether it carries a rollout, and then need not have words
    private EdgeRuleForm(@Nullable String naming, boolean inRelease, boolean rollsOut) {
        name = naming == null ? null : required(naming, WORDS, EdgeRule::name);
        target = inRelease ? null : optional("target", VERSION, EdgeRule::target);
        targets = inRelease ? null : optional("targets", RANGE, EdgeRule::targets);
        from = optional("from", RANGE, rule -> rule.origins().range());
        origins = list("origins", VERSION, rule -> rule.origins().versions());
        pattern =
                optional(
                        "pattern",
                        Codec.text(OriginPattern::new, OriginPattern::toString),
                        rule -> rule.origins().pattern());
        platforms = field("platforms", TEXT.set(), Set.of(), EdgeRule::platforms);
        when = field("when", FactTestCodec.WHEN, HostPredicate.ALWAYS, EdgeRule::when);
        rollout =
                rollsOut
                        ? required(
                                "rollout",
                                new ReleaseForm.RolloutForm(),
                                rule -> rule.rollout().orElseThrow())
                        : null;
        notice = new NoticeForm.Fields<>(this, rule -> Optional.of(rule.notice()));
    }

    static Codec<EdgeRule> block() {
        return new EdgeRuleForm(null, false, false);
    }

    /// A rollout of some moves alone.
    static Codec<EdgeRule> rollout() {
        return new EdgeRuleForm(null, false, true);
    }

    /// A rule of the channel with a name.
    static Codec<EdgeRule> named(String naming) {
        return new EdgeRuleForm(naming, false, false);
    }

    /// A rule about the moves to the release that it stands in.
    static Codec<EdgeRule> ofTarget(String naming) {
        return new EdgeRuleForm(naming, true, false);
    }

    @Override
    EdgeRule of(Values<EdgeRule> given) {
        return new EdgeRule(
                name == null ? "" : given.get(name),
                target == null ? Optional.empty() : given.get(target),
                targets == null ? Optional.empty() : given.get(targets),
                new Origins(given.get(from), given.get(origins), given.get(pattern)),
                given.get(platforms),
                given.get(when),
                words(given),
                rollout == null ? Optional.empty() : Optional.of(given.get(rollout)));
    }

    private Notice words(Values<EdgeRule> given) {
        Optional<Notice> words = notice.of(given);
        if (words.isEmpty() && rollout == null) {
            throw new IllegalArgumentException("'message' is missing: say to the admin why");
        }
        return words.orElse(Notice.of(""));
    }
}
