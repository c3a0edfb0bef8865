package dev.belay.versys.graph;

import java.util.Optional;

/// Versions that are no release of the document and that hosts may still come from: each counts as
/// a withdrawn release, from which `to` says where to.
///
/// @param versions a range
/// @param to a range; empty for wherever a release accepts them
public record UnlistedRule(String versions, Optional<String> to) {
    /// The fields of such a rule.
    static final class UnlistedForm extends Form<UnlistedRule> {
        private final Field<UnlistedRule, String> versions =
                required("versions", RANGE, UnlistedRule::versions);
        private final Field<UnlistedRule, Optional<String>> to =
                optional("to", RANGE, UnlistedRule::to);

        @Override
        UnlistedRule of(Values<UnlistedRule> given) {
            return new UnlistedRule(given.get(versions), given.get(to));
        }
    }
}
