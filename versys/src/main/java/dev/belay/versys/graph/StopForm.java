package dev.belay.versys.graph;

import dev.belay.versys.version.Version;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/// The fields of a stop in the list of the channel.
final class StopForm extends Form<StopRule> {
    private static final ScopeForm SCOPE = new ScopeForm();

    /// `true`, or an object that says for whom.
    static final Codec<Optional<StopScope>> REQUIRED_STOP =
            Codec.of(
                    in ->
                            in.isObject()
                                    ? Optional.of(SCOPE.read(in))
                                    : in.bool()
                                            ? Optional.of(StopScope.EVERYBODY)
                                            : Optional.empty(),
                    (stop, out) -> {
                        StopScope scope = stop.orElse(StopScope.EVERYBODY);
                        if (scope.equals(StopScope.EVERYBODY)) {
                            out.writeBoolean(true);
                        } else {
                            SCOPE.write(scope, out);
                        }
                    });

    private final Field<StopRule, Optional<Version>> version =
            optional(
                    "version",
                    VERSION,
                    stop ->
                            stop.where() instanceof StopRule.Exactly(Version one)
                                    ? Optional.of(one)
                                    : Optional.empty());
    private final Field<StopRule, Optional<String>> lastIn =
            optional(
                    "last-in",
                    RANGE,
                    stop ->
                            stop.where() instanceof StopRule.LastIn(String range)
                                    ? Optional.of(range)
                                    : Optional.empty());
    private final Field<StopRule, Integer> depth =
            field(
                    "last-of-each",
                    Codec.text(StopForm::depth, StopForm::word),
                    0,
                    stop -> each(stop).depth());
    private final Field<StopRule, Optional<String>> within =
            optional("within", RANGE, stop -> each(stop).within());
    private final Field<StopRule, Set<Integer>> numbers =
            field("numbers", NUMBER.set(), Set.of(), stop -> each(stop).numbers());
    private final ScopeFields<StopRule> scope = new ScopeFields<>(this, StopRule::scope);

    private static final Codec<Integer> NUMBER =
            Codec.of(
                    in -> in.checked(() -> Math.toIntExact(in.integer())),
                    (number, out) -> out.writeNumber(number));
    private static final StopRule.LastOfEach NO_SERIES =
            new StopRule.LastOfEach(0, Optional.empty(), Set.of());

    private static StopRule.LastOfEach each(StopRule stop) {
        return stop.where() instanceof StopRule.LastOfEach each ? each : NO_SERIES;
    }

    private static int depth(String text) {
        return switch (text) {
            case "major" -> 1;
            case "minor" -> 2;
            default -> throw new IllegalArgumentException("'last-of-each' is major or minor");
        };
    }

    private static String word(int depth) {
        return depth == 1 ? "major" : "minor";
    }

    @Override
    StopRule of(Values<StopRule> given) {
        return new StopRule(place(given), scope.of(given));
    }

    private StopRule.Place place(Values<StopRule> given) {
        Optional<Version> one = given.get(version);
        Optional<String> last = given.get(lastIn);
        int each = given.get(depth);
        if ((one.isPresent() ? 1 : 0) + (last.isPresent() ? 1 : 0) + (each > 0 ? 1 : 0) != 1) {
            throw new IllegalArgumentException(
                    "a stop has one of 'version', 'last-in' and 'last-of-each'");
        }
        if (each == 0 && (given.get(within).isPresent() || !given.get(numbers).isEmpty())) {
            throw new IllegalArgumentException("'within' and 'numbers' belong to 'last-of-each'");
        }
        return one.<StopRule.Place>map(StopRule.Exactly::new)
                .or(() -> last.map(StopRule.LastIn::new))
                .orElseGet(
                        () -> new StopRule.LastOfEach(each, given.get(within), given.get(numbers)));
    }

    /// The fields of `required-stop`.
    private static final class ScopeForm extends Form<StopScope> {
        private final ScopeFields<StopScope> fields = new ScopeFields<>(this, Function.identity());

        @Override
        StopScope of(Values<StopScope> given) {
            return fields.of(given);
        }
    }

    /// The fields that say for whom a stop is one.
    private static final class ScopeFields<T> {
        private final Field<T, Optional<String>> from;
        private final Field<T, Optional<String>> targets;
        private final Field<T, Set<String>> platforms;
        private final Field<T, HostPredicate> when;
        private final NoticeForm.Fields<T> notice;

        ScopeFields(Form<T> form, Function<T, StopScope> scope) {
            from = form.optional("from", RANGE, scope.andThen(StopScope::origins));
            targets = form.optional("targets", RANGE, scope.andThen(StopScope::targets));
            platforms =
                    form.field(
                            "platforms", TEXT.set(), Set.of(), scope.andThen(StopScope::platforms));
            when =
                    form.field(
                            "when",
                            FactTestCodec.WHEN,
                            HostPredicate.ALWAYS,
                            scope.andThen(StopScope::when));
            notice = new NoticeForm.Fields<>(form, scope.andThen(StopScope::notice));
        }

        StopScope of(Values<T> given) {
            return new StopScope(
                    given.get(from),
                    given.get(targets),
                    given.get(platforms),
                    given.get(when),
                    notice.of(given));
        }
    }
}
