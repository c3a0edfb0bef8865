package dev.belay.versys.graph;

import dev.belay.versys.version.Version;
import dev.belay.versys.version.VersionKey;
import dev.belay.versys.version.VersionRange;
import dev.belay.versys.version.VersionScheme;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A question about one fact of a host.
public sealed interface FactTest {
    /// The fact is one of these texts; numbers compare as numbers.
    record OneOf(List<Object> values) implements FactTest {
        public OneOf {
            values = List.copyOf(values);
        }
    }

    /// The fact is a version (one to four numbers) within a range.
    record InRange(String text, VersionRange range) implements FactTest {
        /// @throws IllegalArgumentException if the text is no range
        public static InRange of(String text) {
            String policy = text.indexOf(';') < 0 ? text + " ;pre-release=include" : text;
            return new InRange(text, VersionRange.parse(policy, VersionScheme.CALVER));
        }
    }

    /// The test does not hold.
    record Not(FactTest test) implements FactTest {}

    /// The host tells this fact, or does not.
    record Present(boolean present) implements FactTest {}

    /// The target is so many majors (place 0), minors (1) or patches (2) ahead of the version in
    /// the fact. A minor counts as infinitely far across majors; patches count within one minor
    /// only.
    record Behind(int place, Comparison comparison, int count) implements FactTest {
        private boolean holds(VersionKey fact, VersionKey target) {
            for (int before = 0; before < place; before++) {
                int order = target.number(before).compareTo(fact.number(before));
                if (order != 0) {
                    return place < 2 && comparison.holds(order * Integer.MAX_VALUE);
                }
            }
            BigInteger behind = target.number(place).subtract(fact.number(place));
            return comparison.holds(behind.compareTo(BigInteger.valueOf(count)));
        }
    }

    /// The fact is a pre-release version of one of these classes; no class means any.
    record PreRelease(Set<String> classes) implements FactTest {
        public PreRelease {
            classes = Set.copyOf(classes);
        }
    }

    /// How [Behind] compares.
    enum Comparison {
        /// `<`
        LESS("<"),
        /// `<=`
        AT_MOST("<="),
        /// `=`
        EQUAL("="),
        /// `>=`
        AT_LEAST(">="),
        /// `>`
        MORE(">");

        private final String sign;

        Comparison(String sign) {
            this.sign = sign;
        }

        /// As documents write it.
        public String sign() {
            return sign;
        }

        private boolean holds(int order) {
            return switch (this) {
                case LESS -> order < 0;
                case AT_MOST -> order <= 0;
                case EQUAL -> order == 0;
                case AT_LEAST -> order >= 0;
                case MORE -> order > 0;
            };
        }
    }

    /// Asks about the named fact of a move. `$origin` and `$target` name the versions themselves.
    default Truth test(String name, Move move) {
        Optional<VersionKey> version = move.versionOf(name);
        @Nullable String value =
                switch (name) {
                    case "$origin" -> move.origin().text();
                    case "$target" -> move.target().text();
                    default -> move.facts().get(name);
                };
        return switch (this) {
            case Present(boolean present) -> truth((value != null) == present);
            case Not(FactTest test) -> test.test(name, move).negated();
            case OneOf(List<Object> values) ->
                    value == null
                            ? Truth.UNKNOWN
                            : truth(values.stream().anyMatch(each -> same(each, value)));
            case InRange(_, VersionRange range) ->
                    version.or(() -> key(value))
                            .map(key -> truth(range.matches(key)))
                            .orElse(Truth.UNKNOWN);
            case Behind behind ->
                    version.or(() -> key(value))
                            .map(key -> truth(behind.holds(key, move.targetKey())))
                            .orElse(Truth.UNKNOWN);
            case PreRelease(Set<String> classes) ->
                    version.or(() -> key(value))
                            .map(key ->
                                    truth(
                                            key.isPreRelease()
                                                    && (classes.isEmpty()
                                                            || classes.contains(
                                                                    key.preReleaseClass()))))
                            .orElse(Truth.UNKNOWN);
        };
    }

    /// Whether it compares the fact with the target.
    default boolean isRelative() {
        return this instanceof Behind || (this instanceof Not(FactTest test) && test.isRelative());
    }

    private static boolean same(Object expected, String value) {
        if (expected instanceof BigDecimal number) {
            try {
                return number.compareTo(new BigDecimal(value)) == 0;
            } catch (NumberFormatException _) {
                return false;
            }
        }
        return expected.toString().equals(value);
    }

    private static Optional<VersionKey> key(@Nullable String value) {
        if (value == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(VersionScheme.CALVER.key(Version.of(value)));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    private static Truth truth(boolean holds) {
        return holds ? Truth.YES : Truth.NO;
    }
}
