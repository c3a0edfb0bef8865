package dev.belay.versys.graph;

import dev.belay.versys.version.Version;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/// One release as a channel document lists it. Immutable; build it with [ReleaseBuilder].
///
/// @param date when it was published; the epoch if the document does not say
/// @param platforms platform to bundle; `any` serves every platform, and so does an empty map
/// @param channels the channels of a document with several; none means all of them
/// @param from the origins it accepts: a range, `older` or `none`; absent means the channel's rules
/// @param to the releases that hosts on it may go to; absent means the channel's rules
/// @param previous origins with an explicit edge to it
/// @param next targets with an explicit edge from it
/// @param downgrade whether `from` also means newer origins
/// @param requiredStop makes it a stop
/// @param deadEnd why nothing leads away from it
/// @param withdrawn why nobody is led to it any more
/// @param requires facts that a host must have
/// @param conditions risks on the way to it
/// @param manualActions what the admin must do on the way to it
/// @param notBefore hidden until then
/// @param downtime expected for the hop to it
/// @param notes release notes, Markdown
public record Release(
        Version version,
        Instant date,
        SortedMap<String, Artifact> platforms,
        Set<String> channels,
        Optional<String> from,
        Optional<String> to,
        List<Version> previous,
        List<Version> next,
        boolean downgrade,
        Optional<StopRule> requiredStop,
        Optional<Notice> deadEnd,
        Optional<Notice> withdrawn,
        Optional<Rollout> rollout,
        Map<String, FactTest> requires,
        List<EdgeRule> conditions,
        List<EdgeRule> manualActions,
        Optional<Instant> notBefore,
        Optional<Duration> downtime,
        String notes,
        Map<String, String> extensions) {
    /// The platform whose bundle serves every host.
    public static final String ANY_PLATFORM = "any";

    public Release {
        platforms = Collections.unmodifiableSortedMap(new TreeMap<>(platforms));
        channels = Set.copyOf(channels);
        previous = List.copyOf(previous);
        next = List.copyOf(next);
        requires = Collections.unmodifiableMap(new TreeMap<>(requires));
        conditions = List.copyOf(conditions);
        manualActions = List.copyOf(manualActions);
        extensions = Collections.unmodifiableMap(new TreeMap<>(extensions));
    }

    /// A release of which nothing but the version is known.
    public static Release of(Version version) {
        return new ReleaseBuilder(version).build();
    }

    /// The bundle for a platform: its own, or the one for `any`.
    public Optional<Artifact> artifact(String platform) {
        return Optional.ofNullable(platforms.get(platform))
                .or(() -> Optional.ofNullable(platforms.get(ANY_PLATFORM)));
    }

    /// Whether hosts of that platform can have it. A release without bundles serves everybody.
    public boolean serves(String platform) {
        return platforms.isEmpty() || artifact(platform).isPresent();
    }
}
