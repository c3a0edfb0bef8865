package dev.belay.versys.graph;

import dev.belay.versys.version.Version;
import dev.belay.versys.version.VersionScheme;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// The fields of a channel document.
final class ChannelForm extends Form<Channel> {
    static final ChannelForm FORM = new ChannelForm();
    private static final long FORMAT = 1;

    /// Every bundle with its SHA-256.
    private static final long PINNED = 2;

    private final Field<Channel, Long> format =
            required(
                    "format",
                    Codec.of(ChannelForm::format, COUNT::write),
                    c -> c.pinsBytes() ? PINNED : FORMAT);
    private final Field<Channel, String> product =
            required(
                    "product",
                    Codec.text(DocumentNames::product, Function.identity()),
                    Channel::product);
    private final Field<Channel, String> channel =
            required(
                    "channel",
                    Codec.text(DocumentNames::channel, Function.identity()),
                    Channel::name);
    private final Field<Channel, String> scheme =
            written("scheme", TEXT, "semver", c -> c.scheme().name());
    private final Field<Channel, String> from =
            field("from", ORIGINS, Reserved.OLDER, c -> c.rules().from());
    private final Field<Channel, Boolean> releasedLater =
            flag("released-later", c -> c.rules().releasedLater());
    private final Field<Channel, Map<String, Version>> heads =
            field("head", heads(), Map.of(), c -> c.rules().heads());
    private final Field<Channel, Optional<Version>> floor =
            optional("floor", VERSION, c -> c.rules().floor());
    final Field<Channel, Optional<Notice>> halted =
            optional("halted", NoticeForm.NOTICE, c -> c.rules().halted());
    private final Field<Channel, Map<String, ChannelSet>> channels =
            field(
                    "channels",
                    new SetForm().map(DocumentNames::channel),
                    Map.of(),
                    c -> c.rules().channels());
    private final Field<Channel, List<SeriesRule>> series =
            list("series", new SeriesForm(), c -> c.rules().series());
    private final Field<Channel, List<StopRule>> stops =
            list("stops", new StopForm(), c -> c.rules().stops());
    final Field<Channel, List<EdgeRule>> blocked =
            list("blocked", EdgeRuleForm.block(), c -> c.rules().blocked());
    private final Field<Channel, List<EdgeRule>> conditions =
            list("conditions", EdgeRuleForm.named("risk"), c -> c.rules().conditions());
    private final Field<Channel, List<EdgeRule>> manualActions =
            list("manual-actions", EdgeRuleForm.named("name"), c -> c.rules().manualActions());
    private final Field<Channel, List<EdgeRule>> rollouts =
            list("rollouts", EdgeRuleForm.rollout(), c -> c.rules().rollouts());
    private final Field<Channel, List<OfferRule>> offers =
            list("offers", new OfferRule.OfferForm(), c -> c.rules().offers());
    private final Field<Channel, List<UnlistedRule>> unlisted =
            list("unlisted", new UnlistedRule.UnlistedForm(), c -> c.rules().unlisted());
    private final Field<Channel, Map<String, String>> extensions = extensions(Channel::extensions);
    final Field<Channel, List<Release>> releases =
            written("releases", ReleaseForm.FORM.list(), List.of(), Channel::releases);

    private static long format(DocumentReader in) {
        long format = in.integer();
        if (format != FORMAT && format != PINNED) {
            throw in.bad("this program reads formats 1 and 2, not " + format);
        }
        return format;
    }

    /// One version for every platform, or one for each.
    private static Codec<Map<String, Version>> heads() {
        Codec<Map<String, Version>> each = VERSION.map(Function.identity());
        return Codec.of(
                in ->
                        in.isObject()
                                ? each.read(in)
                                : Map.of(Release.ANY_PLATFORM, VERSION.read(in)),
                each::write);
    }

    /// A channel of which nothing else is known.
    Channel empty(String product, String name, String scheme) {
        return of(
                values().set(format, FORMAT)
                        .set(this.product, product)
                        .set(channel, name)
                        .set(this.scheme, scheme));
    }

    @Override
    Channel of(Values<Channel> given) {
        long stated = given.get(format);
        List<Release> listed = given.get(releases);
        if (stated == PINNED && !listed.stream().allMatch(Release::pinsBytes)) {
            throw new IllegalArgumentException(
                    "in format 2 every platform of a release has a 'sha256'");
        }
        return new Channel(
                given.get(product),
                given.get(channel),
                VersionScheme.named(
                        given.get(scheme), listed.stream().map(Release::version).toList()),
                new ChannelRules(
                        given.get(from),
                        given.get(releasedLater),
                        given.get(heads),
                        given.get(floor),
                        given.get(halted),
                        given.get(channels),
                        given.get(series),
                        given.get(stops),
                        given.get(blocked),
                        given.get(conditions),
                        given.get(manualActions),
                        given.get(rollouts),
                        given.get(offers),
                        given.get(unlisted)),
                listed,
                given.get(extensions));
    }

    /// The fields of one of several channels.
    private static final class SetForm extends Form<ChannelSet> {
        private final Field<ChannelSet, Optional<String>> inherits =
                optional("inherits", TEXT, ChannelSet::inherits);
        private final Field<ChannelSet, Duration> delay =
                field("delay", DURATION, Duration.ZERO, ChannelSet::delay);

        @Override
        ChannelSet of(Values<ChannelSet> given) {
            return new ChannelSet(given.get(inherits), given.get(delay));
        }
    }

    /// The fields of a series rule: of its targets or of its origins.
    private static final class SeriesForm extends Form<SeriesRule> {
        private final Field<SeriesRule, Optional<String>> targets =
                optional("targets", RANGE, rule -> side(rule, true, rule.selector()));
        private final Field<SeriesRule, Optional<String>> from =
                optional("from", ORIGINS, rule -> side(rule, true, rule.range()));
        private final Field<SeriesRule, Optional<String>> origins =
                optional("origins", RANGE, rule -> side(rule, false, rule.selector()));
        private final Field<SeriesRule, Optional<String>> to =
                optional("to", RANGE, rule -> side(rule, false, rule.range()));
        private final Field<SeriesRule, Boolean> downgrade =
                flag("downgrade", SeriesRule::downgrade);

        private static Optional<String> side(SeriesRule rule, boolean targets, String range) {
            return rule.ofTargets() == targets ? Optional.of(range) : Optional.empty();
        }

        @Override
        SeriesRule of(Values<SeriesRule> given) {
            Optional<String> selected = given.get(targets);
            Optional<String> leaving = given.get(origins);
            if (selected.isPresent() != given.get(from).isPresent()
                    || leaving.isPresent() != given.get(to).isPresent()
                    || selected.isPresent() == leaving.isPresent()) {
                throw new IllegalArgumentException(
                        "a series rule has either 'targets' and 'from', or 'origins' and 'to'");
            }
            return selected.isPresent()
                    ? new SeriesRule(
                            selected.get(), true, given.get(from).orElse(""), given.get(downgrade))
                    : new SeriesRule(leaving.orElse(""), false, given.get(to).orElse(""), false);
        }
    }
}
