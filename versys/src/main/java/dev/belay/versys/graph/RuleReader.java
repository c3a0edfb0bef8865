package dev.belay.versys.graph;

import dev.belay.versys.version.Version;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads what may be said about moves: blocks, risks, manual actions, stops and rollouts.
final class RuleReader {
    private final DocumentReader in;
    private final RangeChecks ranges;

    RuleReader(DocumentReader in, RangeChecks ranges) {
        this.in = in;
        this.ranges = ranges;
    }

    /// @param naming the field that carries the name, or none
    /// @param inRelease whether the release it stands in is the target
    EdgeRule edgeRule(@Nullable String naming, boolean inRelease) {
        EdgeParts parts = new EdgeParts();
        in.object(name -> {
            if (name.equals(naming)) {
                parts.name = in.string();
                return true;
            }
            return (!inRelease && parts.readTarget(name)) || parts.read(name);
        });
        if (naming != null && parts.name.isEmpty()) {
            throw in.bad("'" + naming + "' is missing");
        }
        if (parts.message.isEmpty()) {
            throw in.bad("'message' is missing: say to the admin why");
        }
        return new EdgeRule(
                parts.name,
                Optional.ofNullable(parts.target),
                Optional.ofNullable(parts.targets),
                new Origins(
                        Optional.ofNullable(parts.from),
                        parts.origins,
                        Optional.ofNullable(parts.pattern)),
                parts.platforms,
                parts.when,
                new Notice(parts.message, Optional.ofNullable(parts.url)));
    }

    private final class EdgeParts {
        private String name = "";
        private @Nullable Version target;
        private @Nullable String targets;
        private @Nullable String from;
        private List<Version> origins = List.of();
        private @Nullable OriginPattern pattern;
        private Set<String> platforms = Set.of();
        private HostPredicate when = HostPredicate.ALWAYS;
        private String message = "";
        private @Nullable String url;

        boolean readTarget(String field) {
            switch (field) {
                case "target" -> target = in.version();
                case "targets" -> targets = ranges.range(in);
                default -> {
                    return false;
                }
            }
            return true;
        }

        boolean read(String field) {
            switch (field) {
                case "from" -> from = ranges.range(in);
                case "origins" -> origins = in.list(in::version);
                case "pattern" -> pattern = in.parsed(OriginPattern::new);
                case "platforms" -> platforms = strings();
                case "when" -> when = new FactTestReader(in).predicate();
                case "message" -> message = in.string();
                case "url" -> url = in.string();
                default -> {
                    return false;
                }
            }
            return true;
        }
    }

    /// @param own the release that the rule stands in; null in the list of the channel
    StopRule stop(@Nullable Version own) {
        StopParts parts = new StopParts();
        in.object(name -> (own == null && parts.readPlace(name)) || parts.read(name));
        StopRule.Place place = own != null ? new StopRule.Exactly(own) : parts.place();
        return new StopRule(
                place,
                Optional.ofNullable(parts.from),
                Optional.ofNullable(parts.targets),
                parts.platforms,
                parts.when,
                parts.message.isEmpty()
                        ? Optional.empty()
                        : Optional.of(new Notice(parts.message, Optional.ofNullable(parts.url))));
    }

    private final class StopParts {
        private @Nullable Version version;
        private @Nullable String lastIn;
        private int depth;
        private @Nullable String within;
        private Set<Integer> numbers = Set.of();
        private @Nullable String from;
        private @Nullable String targets;
        private Set<String> platforms = Set.of();
        private HostPredicate when = HostPredicate.ALWAYS;
        private String message = "";
        private @Nullable String url;

        boolean readPlace(String field) {
            switch (field) {
                case "version" -> version = in.version();
                case "last-in" -> lastIn = ranges.range(in);
                case "last-of-each" -> depth = in.parsed(RuleReader::depth);
                case "within" -> within = ranges.range(in);
                case "numbers" ->
                        numbers =
                                new HashSet<>(
                                        in.list(() ->
                                                in.checked(() -> Math.toIntExact(in.integer()))));
                default -> {
                    return false;
                }
            }
            return true;
        }

        boolean read(String field) {
            switch (field) {
                case "from" -> from = ranges.range(in);
                case "targets" -> targets = ranges.range(in);
                case "platforms" -> platforms = strings();
                case "when" -> when = new FactTestReader(in).predicate();
                case "message" -> message = in.string();
                case "url" -> url = in.string();
                default -> {
                    return false;
                }
            }
            return true;
        }

        StopRule.Place place() {
            int given = (version != null ? 1 : 0) + (lastIn != null ? 1 : 0) + (depth > 0 ? 1 : 0);
            if (given != 1) {
                throw in.bad("a stop has one of 'version', 'last-in' and 'last-of-each'");
            }
            if (depth == 0 && (within != null || !numbers.isEmpty())) {
                throw in.bad("'within' and 'numbers' belong to 'last-of-each'");
            }
            if (version != null) {
                return new StopRule.Exactly(version);
            }
            return lastIn != null
                    ? new StopRule.LastIn(lastIn)
                    : new StopRule.LastOfEach(depth, Optional.ofNullable(within), numbers);
        }
    }

    private static int depth(String text) {
        return switch (text) {
            case "major" -> 1;
            case "minor" -> 2;
            default -> throw new IllegalArgumentException("'last-of-each' is major or minor");
        };
    }

    SeriesRule series() {
        var parts =
                new Object() {
                    @Nullable String targets;
                    @Nullable String from;
                    @Nullable String origins;
                    @Nullable String to;
                    boolean downgrade;
                };
        in.object(name -> {
            switch (name) {
                case "targets" -> parts.targets = ranges.range(in);
                case "from" -> parts.from = ranges.rangeOrKeyword(in);
                case "origins" -> parts.origins = ranges.range(in);
                case "to" -> parts.to = ranges.range(in);
                case "downgrade" -> parts.downgrade = in.bool();
                default -> {
                    return false;
                }
            }
            return true;
        });
        if (parts.targets != null
                && parts.from != null
                && parts.origins == null
                && parts.to == null) {
            return new SeriesRule(parts.targets, true, parts.from, parts.downgrade);
        }
        if (parts.origins != null
                && parts.to != null
                && parts.targets == null
                && parts.from == null) {
            return new SeriesRule(parts.origins, false, parts.to, false);
        }
        throw in.bad("a series rule has either 'targets' and 'from', or 'origins' and 'to'");
    }

    Rollout rollout() {
        var parts =
                new Object() {
                    @Nullable Instant start;
                    @Nullable Duration duration;
                    double from;
                    @Nullable Instant pausedAt;
                };
        in.object(name -> {
            switch (name) {
                case "start" -> parts.start = in.instant();
                case "duration" -> parts.duration = in.duration();
                case "from" -> parts.from = in.number().doubleValue();
                case "paused-at" -> parts.pausedAt = in.instant();
                default -> {
                    return false;
                }
            }
            return true;
        });
        return in.checked(() ->
                new Rollout(
                        Optional.ofNullable(parts.start),
                        Optional.ofNullable(parts.duration),
                        parts.from,
                        Optional.ofNullable(parts.pausedAt)));
    }

    /// Words alone, or an object with words and a page.
    Notice notice() {
        if (!in.isObject()) {
            return Notice.of(in.string());
        }
        var parts =
                new Object() {
                    String message = "";
                    @Nullable String url;
                };
        in.object(name -> {
            switch (name) {
                case "message" -> parts.message = in.string();
                case "url" -> parts.url = in.string();
                default -> {
                    return false;
                }
            }
            return true;
        });
        return new Notice(parts.message, Optional.ofNullable(parts.url));
    }

    Set<String> strings() {
        return Set.copyOf(new HashSet<>(in.list(in::string)));
    }
}
