package dev.belay.versys.graph;

import dev.belay.versys.version.Version;
import dev.belay.versys.version.VersionKey;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// One of several alternatives in order: the newest release on offer to the hosts that it fits, and
/// that no alternative before it fits.
///
/// @param head nothing above it is a target for them
/// @param origins what they have installed
/// @param platforms theirs; empty for all
/// @param when about the host; `$origin` is the installed version, and there is no `$target`
public record OfferRule(Version head, Origins origins, Set<String> platforms, HostPredicate when) {
    public OfferRule {
        platforms = Set.copyOf(platforms);
        if (when.asksOfTarget()) {
            throw new IllegalArgumentException("an offer is made before there is a target");
        }
    }

    /// Whether every host is meant.
    public boolean fitsAll() {
        return origins.isAll() && platforms.isEmpty() && when.isAlways();
    }

    /// Whether it fits a host of that channel; unknown if the host does not tell enough.
    public Truth fits(
            Channel channel,
            Version installed,
            Optional<String> platform,
            Map<String, String> facts) {
        boolean elsewhere =
                !platforms.isEmpty()
                        && platform.filter(name -> !platforms.contains(name)).isPresent();
        if (elsewhere || !speaksOf(channel, installed)) {
            return Truth.NO;
        }
        VersionKey key = channel.scheme().key(installed);
        Truth told = platforms.isEmpty() || platform.isPresent() ? Truth.YES : Truth.UNKNOWN;
        return told.and(when.test(new Move(installed, key, installed, key, facts)));
    }

    private boolean speaksOf(Channel channel, Version installed) {
        return origins.isAll()
                || origins.versions().contains(installed)
                || origins.pattern().filter(p -> p.find(installed.text())).isPresent()
                || origins.range()
                        .map(Reserved::restricting)
                        .filter(range -> channel.range(range).matches(installed))
                        .isPresent();
    }

    /// The fields of an offer.
    static final class OfferForm extends Form<OfferRule> {
        private final Field<OfferRule, Version> head = required("head", VERSION, OfferRule::head);
        private final Field<OfferRule, Optional<String>> from =
                optional("from", RANGE, rule -> rule.origins().range());
        private final Field<OfferRule, List<Version>> listed =
                list("origins", VERSION, rule -> rule.origins().versions());
        private final Field<OfferRule, Optional<OriginPattern>> pattern =
                optional(
                        "pattern",
                        Codec.text(OriginPattern::new, OriginPattern::toString),
                        rule -> rule.origins().pattern());
        private final Field<OfferRule, Set<String>> platforms =
                field("platforms", TEXT.set(), Set.of(), OfferRule::platforms);
        private final Field<OfferRule, HostPredicate> when =
                field("when", FactTestCodec.WHEN, HostPredicate.ALWAYS, OfferRule::when);

        @Override
        OfferRule of(Values<OfferRule> given) {
            return new OfferRule(
                    given.get(head),
                    new Origins(given.get(from), given.get(listed), given.get(pattern)),
                    given.get(platforms),
                    given.get(when));
        }
    }
}
