package dev.belay.versys.graph;

import dev.belay.versys.version.Version;
import dev.belay.versys.version.VersionScheme;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Reads a channel document.
final class ChannelReader {
    private final DocumentReader in;
    private final RangeChecks ranges = new RangeChecks();
    private final RuleReader rules;
    private long format;
    private @Nullable String product;
    private @Nullable String channel;
    private String scheme = "semver";
    private String from = Reserved.OLDER;
    private boolean releasedLater;
    private final Map<String, Version> heads = new TreeMap<>();
    private @Nullable Version floor;
    private @Nullable Notice halted;
    private final Map<String, ChannelSet> channels = new TreeMap<>();
    private List<SeriesRule> series = List.of();
    private List<StopRule> stops = List.of();
    private List<EdgeRule> blocked = List.of();
    private List<EdgeRule> conditions = List.of();
    private List<EdgeRule> manualActions = List.of();
    private List<Release> releases = List.of();
    private final Map<String, String> extensions = new TreeMap<>();

    private ChannelReader(DocumentReader in) {
        this.in = in;
        this.rules = new RuleReader(in, ranges);
    }

    static Channel read(byte[] json) {
        return DocumentReader.read(json, in -> new ChannelReader(in).channel());
    }

    private Channel channel() {
        in.object(name -> header(name) || lists(name));
        if (format != 1) {
            throw in.bad("'format' is missing");
        }
        if (product == null || channel == null) {
            throw in.bad("'product' and 'channel' are needed");
        }
        VersionScheme order =
                in.checked(() ->
                        VersionScheme.named(
                                scheme, releases.stream().map(Release::version).toList()));
        return Channel.checked(
                product,
                channel,
                order,
                new ChannelRules(
                        from,
                        releasedLater,
                        heads,
                        Optional.ofNullable(floor),
                        Optional.ofNullable(halted),
                        channels,
                        series,
                        stops,
                        blocked,
                        conditions,
                        manualActions),
                releases,
                extensions,
                ranges.parse(order));
    }

    private boolean header(String name) {
        switch (name) {
            case "format" -> {
                format = in.integer();
                if (format != 1) {
                    throw in.bad("this program reads format 1, not " + format);
                }
            }
            case "product" -> product = in.parsed(Names::product);
            case "channel" -> channel = in.parsed(Names::channel);
            case "scheme" -> scheme = in.string();
            case "from" -> from = ranges.rangeOrKeyword(in);
            case "released-later" -> releasedLater = in.bool();
            case "head" -> heads();
            case "floor" -> floor = in.version();
            case "halted" -> halted = rules.notice();
            default -> {
                if (!name.startsWith("x-")) {
                    return false;
                }
                extensions.put(name, in.string());
            }
        }
        return true;
    }

    private boolean lists(String name) {
        switch (name) {
            case "channels" -> channels();
            case "series" -> series = in.list(rules::series);
            case "stops" -> stops = in.list(() -> rules.stop(null));
            case "blocked" -> blocked = in.list(() -> rules.edgeRule(null, false));
            case "conditions" -> conditions = in.list(() -> rules.edgeRule("risk", false));
            case "manual-actions" -> manualActions = in.list(() -> rules.edgeRule("name", false));
            case "releases" -> {
                ReleaseReader reader = new ReleaseReader(in, ranges);
                releases = in.list(reader::release);
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    private void heads() {
        if (!in.isObject()) {
            heads.put(Release.ANY_PLATFORM, in.version());
            return;
        }
        in.object(platform -> {
            heads.put(platform, in.version());
            return true;
        });
    }

    private void channels() {
        in.object(name -> {
            channels.put(in.checked(() -> Names.channel(name)), channelSet());
            return true;
        });
    }

    private ChannelSet channelSet() {
        var parts =
                new Object() {
                    @Nullable String inherits;
                    Duration delay = Duration.ZERO;
                };
        in.object(name -> {
            switch (name) {
                case "inherits" -> parts.inherits = in.string();
                case "delay" -> parts.delay = in.duration();
                default -> {
                    return false;
                }
            }
            return true;
        });
        return new ChannelSet(Optional.ofNullable(parts.inherits), parts.delay);
    }
}
