package dev.belay.versys.picture;

import dev.belay.versys.graph.Channel;
import dev.belay.versys.graph.EdgeRule;
import dev.belay.versys.graph.Notice;
import dev.belay.versys.graph.Release;
import dev.belay.versys.plan.PlanRequest;
import dev.belay.versys.plan.PlanResult;
import dev.belay.versys.plan.UpgradePlanner;
import dev.belay.versys.version.Version;
import dev.belay.versys.version.VersionKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a picture of a channel shows.
///
/// A channel of 200 releases may have 20,000 edges, which nobody can read. So each release has one
/// arrow: its next hop on the way to the newest release it can reach, open rollouts and accepted
/// risks taken for granted. Blocked and risky moves that name their target come on top.
///
/// @param nodes in ascending order
public record ChannelDrawing(String title, List<Node> nodes, List<Arrow> arrows) {
    private static final int MOST_LANES = 30;

    public ChannelDrawing {
        nodes = List.copyOf(nodes);
        arrows = List.copyOf(arrows);
    }

    /// One release.
    ///
    /// @param lane the series it stands in, for example `16.3`
    /// @param kind `release`, `stop`, `withdrawn` or `dead-end`, or `fold` for several in a picture
    /// @param share the open share of its rollout; 1 if there is none
    /// @param folded the versions that it stands for, if it is several
    public record Node(
            String version,
            String lane,
            String kind,
            double share,
            int hosts,
            String words,
            List<String> folded) {
        public Node {
            folded = List.copyOf(folded);
        }
    }

    /// A move.
    ///
    /// @param kind `next`, `blocked` or `risk`
    public record Arrow(String from, String to, String kind, String words) {}

    /// Draws a channel.
    ///
    /// @param hosts how many hosts are known to be on a version
    public static ChannelDrawing of(
            Channel channel, @Nullable String platform, Instant now, Map<String, Integer> hosts) {
        Map<Release, VersionKey> keys = new LinkedHashMap<>();
        for (int i = 0; i < channel.releases().size(); i++) {
            keys.put(channel.releases().get(i), channel.keys().get(i));
        }
        List<Release> sorted = new ArrayList<>(channel.releases());
        sorted.sort(Comparator.comparing(keys::get));
        UpgradePlanner planner = new UpgradePlanner(channel);
        List<Node> nodes = new ArrayList<>();
        List<Arrow> arrows = new ArrayList<>();
        List<String> stops = new ArrayList<>();
        for (Release release : sorted) {
            PlanResult result = planner.plan(eager(channel, release, platform, now));
            if (!result.hops().isEmpty()) {
                var hop = result.hops().getFirst();
                arrows.add(
                        new Arrow(
                                release.version().text(), hop.version().text(), "next", hop.why()));
                result.hops().stream()
                        .filter(each -> each.requiredStop())
                        .forEach(each -> stops.add(each.version().text()));
            }
            rules(release, arrows);
        }
        channel.rules().blocked().forEach(rule -> named(rule, "blocked", arrows));
        channel.rules().conditions().forEach(rule -> named(rule, "risk", arrows));
        int depth = depth(channel);
        for (Release release : sorted) {
            nodes.add(
                    new Node(
                            release.version().text(),
                            lane(
                                    channel,
                                    keys.getOrDefault(release, channel.keys().getFirst()),
                                    depth),
                            kind(release, stops.contains(release.version().text())),
                            release.availability()
                                    .rollout()
                                    .map(rollout -> rollout.share(now))
                                    .orElse(1.0),
                            hosts.getOrDefault(release.version().text(), 0),
                            words(release),
                            List.of()));
        }
        return new ChannelDrawing(title(channel, hosts), nodes, arrows);
    }

    private static PlanRequest eager(
            Channel channel, Release release, @Nullable String platform, Instant now) {
        PlanRequest.Builder request = PlanRequest.builder(release.version(), now).wariness(0);
        if (platform != null) {
            request.platform(platform);
        }
        channel.rules().conditions().forEach(rule -> request.acceptRisk(rule.name()));
        channel.releases()
                .forEach(each ->
                        each.passage()
                                .conditions()
                                .forEach(rule -> request.acceptRisk(rule.name())));
        return request.build();
    }

    private static void rules(Release release, List<Arrow> arrows) {
        for (EdgeRule rule : release.passage().conditions()) {
            arrows.add(
                    new Arrow(
                            origins(rule),
                            release.version().text(),
                            "risk",
                            rule.name() + ": " + rule.notice().message()));
        }
    }

    private static void named(EdgeRule rule, String kind, List<Arrow> arrows) {
        rule.target()
                .ifPresent(target ->
                        arrows.add(
                                new Arrow(
                                        origins(rule),
                                        target.text(),
                                        kind,
                                        rule.notice().message())));
    }

    /// One origin by name, else words for all of them.
    private static String origins(EdgeRule rule) {
        return rule.origins().versions().size() == 1
                ? rule.origins().versions().getFirst().text()
                : rule.origins().range().orElse("*");
    }

    private static String title(Channel channel, Map<String, Integer> hosts) {
        int all = hosts.values().stream().mapToInt(count -> count).sum();
        int elsewhere =
                hosts.entrySet().stream()
                        .filter(host -> channel.release(Version.of(host.getKey())).isEmpty())
                        .mapToInt(Map.Entry::getValue)
                        .sum();
        return String.format(
                        Locale.ROOT,
                        "%s / %s, %,d releases",
                        channel.product(),
                        channel.name(),
                        channel.releases().size())
                + (all == 0 ? "" : String.format(Locale.ROOT, ", %,d hosts", all))
                + (elsewhere == 0
                        ? ""
                        : String.format(Locale.ROOT, ", %,d of them on none of these", elsewhere));
    }

    /// A lane for each minor or month, unless they are too many to look at: then for each major or
    /// year.
    private static int depth(Channel channel) {
        long minors = channel.keys().stream().map(key -> lane(channel, key, 2)).distinct().count();
        return minors <= MOST_LANES ? 2 : 1;
    }

    private static String lane(Channel channel, VersionKey key, int depth) {
        if (channel.scheme().isOpaque()) {
            return channel.name();
        }
        return depth == 1
                ? key.number(0).toString()
                : channel.scheme().name().equals("calver")
                        ? "%s.%02d".formatted(key.number(0), key.number(1))
                        : key.number(0) + "." + key.number(1);
    }

    private static String kind(Release release, boolean stop) {
        if (release.availability().withdrawn().isPresent()) {
            return "withdrawn";
        }
        if (release.passage().deadEnd().isPresent()) {
            return "dead-end";
        }
        return stop || release.passage().requiredStop().isPresent() ? "stop" : "release";
    }

    private static String words(Release release) {
        Optional<Notice> notice =
                release.availability()
                        .withdrawn()
                        .or(() -> release.passage().deadEnd())
                        .or(() -> release.passage().requiredStop().flatMap(stop -> stop.notice()));
        return notice.map(Notice::message).orElse("");
    }

    /// The drawing as maps and lists for any JSON writer.
    public Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("title", title);
        json.put("nodes", nodes);
        json.put("arrows", arrows);
        return json;
    }
}
