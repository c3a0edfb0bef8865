package dev.belay.versys.graph;

import dev.belay.versys.version.Version;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Collects what is known of a release. Not thread-safe.
public final class ReleaseBuilder {
    private Version version;
    private Instant date = Instant.EPOCH;
    private final Map<String, Artifact> platforms = new TreeMap<>();
    private final Set<String> channels = new LinkedHashSet<>();
    private @Nullable String from;
    private @Nullable String to;
    private final List<Version> previous = new ArrayList<>();
    private final List<Version> next = new ArrayList<>();
    private boolean downgrade;
    private @Nullable StopRule requiredStop;
    private @Nullable Notice deadEnd;
    private @Nullable Notice withdrawn;
    private @Nullable Rollout rollout;
    private final Map<String, FactTest> requires = new TreeMap<>();
    private final List<EdgeRule> conditions = new ArrayList<>();
    private final List<EdgeRule> manualActions = new ArrayList<>();
    private @Nullable Instant notBefore;
    private @Nullable Duration downtime;
    private String notes = "";
    private final Map<String, String> extensions = new TreeMap<>();

    /// A release of which nothing else is known.
    public ReleaseBuilder(Version version) {
        this.version = version;
    }

    /// Starts from another release.
    public ReleaseBuilder(Release release) {
        this(release.version());
        date = release.date();
        platforms.putAll(release.platforms());
        channels.addAll(release.channels());
        from = release.from().orElse(null);
        to = release.to().orElse(null);
        previous.addAll(release.previous());
        next.addAll(release.next());
        downgrade = release.downgrade();
        requiredStop = release.requiredStop().orElse(null);
        deadEnd = release.deadEnd().orElse(null);
        withdrawn = release.withdrawn().orElse(null);
        rollout = release.rollout().orElse(null);
        requires.putAll(release.requires());
        conditions.addAll(release.conditions());
        manualActions.addAll(release.manualActions());
        notBefore = release.notBefore().orElse(null);
        downtime = release.downtime().orElse(null);
        notes = release.notes();
        extensions.putAll(release.extensions());
    }

    /// See [Release#version()].
    public ReleaseBuilder version(Version value) {
        version = value;
        return this;
    }

    /// See [Release#date()].
    public ReleaseBuilder date(Instant value) {
        date = value;
        return this;
    }

    /// Adds a bundle; see [Release#platforms()].
    public ReleaseBuilder platform(String platform, Artifact artifact) {
        platforms.put(platform, artifact);
        return this;
    }

    /// Adds a channel; see [Release#channels()].
    public ReleaseBuilder channel(String name) {
        channels.add(name);
        return this;
    }

    /// See [Release#from()].
    public ReleaseBuilder from(@Nullable String range) {
        from = range;
        return this;
    }

    /// See [Release#to()].
    public ReleaseBuilder to(@Nullable String range) {
        to = range;
        return this;
    }

    /// Adds explicit edges to it; see [Release#previous()].
    public ReleaseBuilder previous(List<Version> origins) {
        previous.addAll(origins);
        return this;
    }

    /// Adds explicit edges from it; see [Release#next()].
    public ReleaseBuilder next(List<Version> targets) {
        next.addAll(targets);
        return this;
    }

    /// See [Release#downgrade()].
    public ReleaseBuilder downgrade(boolean value) {
        downgrade = value;
        return this;
    }

    /// See [Release#requiredStop()].
    public ReleaseBuilder requiredStop(@Nullable StopRule rule) {
        requiredStop = rule;
        return this;
    }

    /// See [Release#deadEnd()].
    public ReleaseBuilder deadEnd(@Nullable Notice why) {
        deadEnd = why;
        return this;
    }

    /// See [Release#withdrawn()].
    public ReleaseBuilder withdrawn(@Nullable Notice why) {
        withdrawn = why;
        return this;
    }

    /// See [Release#rollout()].
    public ReleaseBuilder rollout(@Nullable Rollout value) {
        rollout = value;
        return this;
    }

    /// Adds a requirement; see [Release#requires()].
    public ReleaseBuilder requires(String fact, FactTest test) {
        requires.put(fact, test);
        return this;
    }

    /// Adds a risk; see [Release#conditions()].
    public ReleaseBuilder condition(EdgeRule risk) {
        conditions.add(risk);
        return this;
    }

    /// Adds a manual action; see [Release#manualActions()].
    public ReleaseBuilder manualAction(EdgeRule action) {
        manualActions.add(action);
        return this;
    }

    /// See [Release#notBefore()].
    public ReleaseBuilder notBefore(@Nullable Instant value) {
        notBefore = value;
        return this;
    }

    /// See [Release#downtime()].
    public ReleaseBuilder downtime(@Nullable Duration value) {
        downtime = value;
        return this;
    }

    /// See [Release#notes()].
    public ReleaseBuilder notes(String markdown) {
        notes = markdown;
        return this;
    }

    /// Adds a field starting with `x-`, kept but not understood.
    public ReleaseBuilder extension(String name, String value) {
        extensions.put(name, value);
        return this;
    }

    /// The release.
    public Release build() {
        return new Release(
                version,
                date,
                new TreeMap<>(platforms),
                channels,
                Optional.ofNullable(from),
                Optional.ofNullable(to),
                previous,
                next,
                downgrade,
                Optional.ofNullable(requiredStop),
                Optional.ofNullable(deadEnd),
                Optional.ofNullable(withdrawn),
                Optional.ofNullable(rollout),
                requires,
                conditions,
                manualActions,
                Optional.ofNullable(notBefore),
                Optional.ofNullable(downtime),
                notes,
                extensions);
    }
}
