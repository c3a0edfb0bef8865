package dev.belay.versys.graph;

import dev.belay.packaging.failure.RefusedException;
import dev.belay.versys.version.Version;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// Edits of channel documents. Pure: each gives a new channel and says in words what changed.
///
/// Every edit throws [RefusedException] if the version is not listed or the edit makes no sense,
/// and [InvalidChannelException] if the result would not be a valid document.
public final class ChannelEditor {
    private ChannelEditor() {}

    /// Adds a release, or one more platform of a release that is listed already.
    public static ChannelEdit add(Channel channel, NewRelease added) {
        Release release;
        try {
            release = added.toRelease();
        } catch (IllegalArgumentException e) {
            throw new RefusedException(
                    "release-invalid",
                    "Release " + added.version() + " was not added: " + e.getMessage() + ".",
                    "Correct release.yaml.",
                    e);
        }
        Optional<Release> listed = channel.release(added.version());
        if (listed.isPresent()) {
            Artifact other = listed.get().availability().platforms().get(added.platform());
            if (other != null) {
                throw new RefusedException(
                        "release-exists",
                        added.version()
                                + " for "
                                + added.platform()
                                + " is already in channel "
                                + channel.name()
                                + "; nothing was changed.",
                        "Publish a new version; a published one never changes.");
            }
            return change(
                    channel,
                    added.version(),
                    each ->
                            new ReleaseBuilder(each)
                                    .platform(added.platform(), added.artifact())
                                    .build(),
                    added.version() + " is now also there for " + added.platform() + ".");
        }
        return addRelease(channel, release);
    }

    /// Adds a whole release as the newest published.
    public static ChannelEdit addRelease(Channel channel, Release release) {
        if (channel.release(release.version()).isPresent()) {
            throw new RefusedException(
                    "release-exists",
                    release.version()
                            + " is already in channel "
                            + channel.name()
                            + "; nothing was changed.",
                    "Publish a new version; a published one never changes.");
        }
        List<Release> releases = new ArrayList<>(channel.releases());
        releases.add(release);
        return new ChannelEdit(
                channel.withReleases(releases),
                List.of(release.version() + " is new in channel " + channel.name() + "."));
    }

    /// Copies a release from another channel, with its rollout or without.
    public static ChannelEdit promote(
            Channel source, Channel target, Version version, Optional<Rollout> rollout) {
        Release release = find(source, version);
        return addRelease(
                target, new ReleaseBuilder(release).rollout(rollout.orElse(null)).build());
    }

    /// Nobody is led to it any more; hosts that have it may still leave it.
    public static ChannelEdit withdraw(Channel channel, Version version, Notice why) {
        return change(
                channel,
                version,
                each -> new ReleaseBuilder(each).withdrawn(why).build(),
                version + " is withdrawn: " + why.message());
    }

    /// Says that nothing leads away from a release, or that something does again.
    public static ChannelEdit deadEnd(Channel channel, Version version, Optional<Notice> why) {
        return change(
                channel,
                version,
                each -> new ReleaseBuilder(each).deadEnd(why.orElse(null)).build(),
                why.map(w -> version + " is a dead end: " + w.message())
                        .orElse(version + " is no dead end any more."));
    }

    /// Forbids moves to a release from some origins.
    public static ChannelEdit block(Channel channel, EdgeRule block) {
        block.target().ifPresent(target -> find(channel, target));
        List<EdgeRule> blocked = new ArrayList<>(channel.rules().blocked());
        if (blocked.contains(block)) {
            throw new RefusedException(
                    "already-blocked",
                    "The same block is in channel " + channel.name() + " already.",
                    "Nothing needs to be done.");
        }
        blocked.add(block);
        return new ChannelEdit(
                blocks(channel, blocked),
                List.of("Blocked: " + describe(block) + ": " + block.notice().message()));
    }

    /// Removes every block into a release.
    public static ChannelEdit unblock(Channel channel, Version target) {
        find(channel, target);
        List<EdgeRule> kept = new ArrayList<>(channel.rules().blocked());
        List<String> changes = new ArrayList<>();
        kept.removeIf(block -> {
            boolean removed = block.target().equals(Optional.of(target));
            if (removed) {
                changes.add("No longer blocked: " + describe(block) + ".");
            }
            return removed;
        });
        if (changes.isEmpty()) {
            throw new RefusedException(
                    "not-blocked",
                    "No block names " + target + " in channel " + channel.name() + ".",
                    "See `versys graph` for what is blocked.");
        }
        return new ChannelEdit(blocks(channel, kept), changes);
    }

    /// Makes a release a stop that nobody jumps over.
    public static ChannelEdit requireStop(Channel channel, Version version, Optional<Notice> why) {
        StopScope scope = StopScope.noticed(why);
        return change(
                channel,
                version,
                each -> new ReleaseBuilder(each).requiredStop(scope).build(),
                version + " is now a required stop.");
    }

    /// Opens a release to more and more hosts.
    public static ChannelEdit rolloutStart(
            Channel channel, Version version, Instant start, Duration duration, double from) {
        Rollout rollout =
                new Rollout(Optional.of(start), Optional.of(duration), from, Optional.empty());
        return change(
                channel,
                version,
                each -> new ReleaseBuilder(each).rollout(rollout).build(),
                version
                        + " opens to all hosts within "
                        + Durations.print(duration)
                        + " from "
                        + start
                        + ".");
    }

    /// Keeps a rollout at the share it has reached.
    public static ChannelEdit rolloutPause(Channel channel, Version version, Instant now) {
        Rollout rollout = running(channel, version);
        if (rollout.pausedAt().isPresent()) {
            throw noRollout(version, "is paused already");
        }
        Rollout paused =
                new Rollout(
                        rollout.start(),
                        rollout.duration(),
                        rollout.from(),
                        Optional.of(now),
                        rollout.before());
        return change(
                channel,
                version,
                each -> new ReleaseBuilder(each).rollout(paused).build(),
                version + " stays open to " + percent(paused.share(now)) + " of the hosts.");
    }

    /// Lets a paused rollout go on from where it stood.
    public static ChannelEdit rolloutResume(Channel channel, Version version, Instant now) {
        Rollout rollout = running(channel, version);
        Instant pausedAt =
                rollout.pausedAt().orElseThrow(() -> noRollout(version, "is not paused"));
        Duration pause = Duration.between(pausedAt, now);
        Rollout resumed =
                new Rollout(
                        rollout.start().map(start -> start.plus(pause)),
                        rollout.duration(),
                        rollout.from(),
                        Optional.empty(),
                        rollout.before());
        return change(
                channel,
                version,
                each -> new ReleaseBuilder(each).rollout(resumed).build(),
                version + " goes on from " + percent(resumed.share(now)) + " of the hosts.");
    }

    /// Opens a release to everybody.
    public static ChannelEdit rolloutFinish(Channel channel, Version version) {
        running(channel, version);
        return change(
                channel,
                version,
                each -> new ReleaseBuilder(each).rollout(null).build(),
                version + " is open to all hosts.");
    }

    /// Sets or clears the kill switch.
    public static ChannelEdit halt(Channel channel, Optional<Notice> why) {
        return new ChannelEdit(
                channel.withHalted(why),
                List.of(
                        why.map(w -> "Nothing is offered any more: " + w.message())
                                .orElse("Updates are offered again.")));
    }

    private static Rollout running(Channel channel, Version version) {
        return find(channel, version)
                .availability()
                .rollout()
                .orElseThrow(() -> noRollout(version, "is not being rolled out"));
    }

    private static RefusedException noRollout(Version version, String what) {
        return new RefusedException(
                "no-rollout",
                version + " " + what + "; nothing was changed.",
                "See `versys graph` for the rollouts of the channel.");
    }

    private static Release find(Channel channel, Version version) {
        return channel.release(version)
                .orElseThrow(() ->
                        new RefusedException(
                                "unknown-version",
                                version
                                        + " is not in channel "
                                        + channel.name()
                                        + "; nothing was changed.",
                                "See `versys graph` for the releases of the channel."));
    }

    private static ChannelEdit change(
            Channel channel, Version version, UnaryOperator<Release> edit, String words) {
        find(channel, version);
        List<Release> releases =
                channel.releases().stream()
                        .map(each -> each.version().equals(version) ? edit.apply(each) : each)
                        .toList();
        return new ChannelEdit(channel.withReleases(releases), List.of(words));
    }

    private static Channel blocks(Channel channel, List<EdgeRule> blocked) {
        try {
            return channel.withBlocked(blocked);
        } catch (IllegalArgumentException e) {
            throw new RefusedException(
                    "range-invalid",
                    "Nothing was changed: " + e.getMessage() + ".",
                    "See docs/format/channel.md for ranges.",
                    e);
        }
    }

    private static String describe(EdgeRule block) {
        Origins origins = block.origins();
        String from =
                origins.isAll()
                        ? "every version"
                        : origins.range().orElse("")
                                + (origins.versions().isEmpty() ? "" : origins.versions())
                                + origins.pattern().map(p -> "/" + p + "/").orElse("");
        return from + " to " + block.target().map(Version::text).or(block::targets).orElse("any");
    }

    private static String percent(double share) {
        return Math.round(share * 1000) / 10.0 + " %";
    }
}
