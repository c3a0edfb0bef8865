package dev.belay.versys.graph;

import dev.belay.versys.version.Version;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Collects what is known of a release. Not thread-safe.
public final class ReleaseBuilder {
    private static final ReleaseForm FORM = ReleaseForm.FORM;
    private final Form.Values<Release> values;

    /// A release of which nothing else is known.
    public ReleaseBuilder(Version version) {
        values = FORM.values().set(FORM.version, version);
    }

    /// Starts from another release.
    public ReleaseBuilder(Release release) {
        values = FORM.values(release);
    }

    private <F> ReleaseBuilder set(Form.Field<Release, F> field, F value) {
        values.set(field, value);
        return this;
    }

    /// See [Release.About#date()].
    public ReleaseBuilder date(Instant value) {
        return set(FORM.date, value);
    }

    /// Adds a bundle; see [Release.Availability#platforms()].
    public ReleaseBuilder platform(String platform, Artifact artifact) {
        Map<String, Artifact> platforms = new TreeMap<>(values.get(FORM.platforms));
        platforms.put(platform, artifact);
        return set(FORM.platforms, platforms);
    }

    /// See [Release.Edges#from()].
    public ReleaseBuilder from(@Nullable String range) {
        return set(FORM.from, Optional.ofNullable(range));
    }

    /// See [Release.Edges#to()].
    public ReleaseBuilder to(Optional<String> range) {
        return set(FORM.to, range);
    }

    /// See [Release.Passage#requiredStop()].
    public ReleaseBuilder requiredStop(StopScope scope) {
        return set(FORM.requiredStop, Optional.of(scope));
    }

    /// See [Release.Availability#withdrawn()].
    public ReleaseBuilder withdrawn(Notice why) {
        return set(FORM.withdrawn, Optional.of(why));
    }

    /// See [Release.Passage#deadEnd()].
    public ReleaseBuilder deadEnd(@Nullable Notice why) {
        return set(FORM.deadEnd, Optional.ofNullable(why));
    }

    /// See [Release.Availability#rollout()].
    public ReleaseBuilder rollout(@Nullable Rollout value) {
        return set(FORM.rollout, Optional.ofNullable(value));
    }

    /// See [Release.Availability#requires()].
    public ReleaseBuilder requires(Map<String, FactTest> tests) {
        return set(FORM.requires, tests);
    }

    /// Adds a risk; see [Release.Passage#conditions()].
    public ReleaseBuilder condition(EdgeRule risk) {
        List<EdgeRule> conditions = new ArrayList<>(values.get(FORM.conditions));
        conditions.add(risk);
        return set(FORM.conditions, conditions);
    }

    /// See [Release.About#notes()].
    public ReleaseBuilder notes(String markdown) {
        return set(FORM.notes, markdown);
    }

    /// The release.
    public Release build() {
        return FORM.of(values);
    }
}
