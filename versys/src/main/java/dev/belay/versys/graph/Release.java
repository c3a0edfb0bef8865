package dev.belay.versys.graph;

import dev.belay.versys.version.Version;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// One release as a channel document lists it. Immutable; build it with [ReleaseBuilder].
public record Release(
        Version version, About about, Availability availability, Edges edges, Passage passage) {
    /// The platform whose bundle serves every host.
    public static final String ANY_PLATFORM = "any";

    /// What is said of it to people.
    ///
    /// @param date when it was published; the epoch if the document does not say
    /// @param downtime expected for the hop to it
    /// @param notes release notes, Markdown
    /// @param extensions fields that are kept and mean nothing
    public record About(
            Instant date,
            Optional<Duration> downtime,
            String notes,
            Map<String, String> extensions) {
        public About {
            extensions = sorted(extensions);
        }
    }

    /// Which hosts it is there for, and when.
    ///
    /// @param platforms platform to bundle; `any` serves every platform, and so does an empty map
    /// @param channels the channels of a document with several; none means all of them
    /// @param requires facts that a host must have
    /// @param rollout opens it to more and more hosts
    /// @param notBefore hidden until then
    /// @param withdrawn why nobody is led to it any more
    public record Availability(
            Map<String, Artifact> platforms,
            Set<String> channels,
            Map<String, FactTest> requires,
            Optional<Rollout> rollout,
            Optional<Instant> notBefore,
            Optional<Notice> withdrawn) {
        public Availability {
            platforms = sorted(platforms);
            channels = Set.copyOf(channels);
            requires = sorted(requires);
        }
    }

    /// Which moves there are to it and from it.
    ///
    /// @param from the origins it accepts: a range, `older` or `none`; absent means the channel's
    ///   rules
    /// @param to the releases that hosts on it may go to; absent means the channel's rules
    /// @param previous origins with an explicit edge to it
    /// @param next targets with an explicit edge from it
    /// @param downgrade whether `from` also means newer origins
    public record Edges(
            Optional<String> from,
            Optional<String> to,
            List<Version> previous,
            List<Version> next,
            boolean downgrade) {
        public Edges {
            previous = List.copyOf(previous);
            next = List.copyOf(next);
        }
    }

    /// What holds for hosts that pass through it.
    ///
    /// @param requiredStop makes it a stop
    /// @param deadEnd why nothing leads away from it
    /// @param conditions risks on the way to it
    /// @param manualActions what the admin must do on the way to it
    public record Passage(
            Optional<StopScope> requiredStop,
            Optional<Notice> deadEnd,
            List<EdgeRule> conditions,
            List<EdgeRule> manualActions) {
        public Passage {
            conditions = List.copyOf(conditions);
            manualActions = List.copyOf(manualActions);
        }
    }

    /// Most have nothing there, and there are many.
    private static <T> Map<String, T> sorted(Map<String, T> map) {
        return map.isEmpty() ? Map.of() : Collections.unmodifiableMap(new TreeMap<>(map));
    }

    /// The bundle for a platform: its own, or the one for `any`.
    public Optional<Artifact> artifact(String platform) {
        Map<String, Artifact> platforms = availability.platforms();
        return Optional.ofNullable(platforms.get(platform))
                .or(() -> Optional.ofNullable(platforms.get(ANY_PLATFORM)));
    }

    /// Whether every bundle of it is named with its SHA-256.
    public boolean pinsBytes() {
        return availability.platforms().values().stream()
                .allMatch(artifact -> artifact.sha256().isPresent());
    }

    /// Whether hosts of that platform can have it. A release without bundles serves everybody.
    public boolean serves(String platform) {
        return availability.platforms().isEmpty() || artifact(platform).isPresent();
    }
}
