package dev.belay.versys.plan;

import dev.belay.versys.graph.EdgeRule;
import dev.belay.versys.graph.Notice;
import dev.belay.versys.graph.Release;
import dev.belay.versys.graph.Rollout;
import dev.belay.versys.version.Version;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What is in the way of a move, in words: one sentence or more for each [Cause] that [Situation]
/// found.
final class Obstacles {
    /// One obstacle and how grave it is.
    record Found(Obstacle obstacle, Reason reason) {}

    private final Situation situation;

    Obstacles(Situation situation) {
        this.situation = situation;
    }

    List<Found> of(int origin, int target) {
        List<Found> found = new ArrayList<>();
        int bits = situation.causesOnTarget(target) | situation.causesOnMove(origin, target);
        for (Cause cause : Cause.of(bits)) {
            reasons(cause, origin, target)
                    .forEach(reason -> found.add(new Found(cause.obstacle(), reason)));
        }
        return found;
    }

    private Stream<Reason> reasons(Cause cause, int origin, int target) {
        Release release = situation.release(target);
        Release.Availability availability = release.availability();
        Version from = situation.version(origin);
        Version version = release.version();
        String platform = situation.request().platform().orElse("");
        return switch (cause) {
            case UNLISTED -> said(cause, version, version + " is not in this channel");
            case WITHDRAWN ->
                    noticed(cause, version, version + " was withdrawn: ", availability.withdrawn());
            case ABOVE_HEAD ->
                    said(
                            cause,
                            version,
                            version + " is above the newest release that the channel offers here");
            case BELOW_FLOOR ->
                    said(
                            cause,
                            version,
                            version + " is below the oldest release that the channel leads to");
            case NO_BUNDLE -> said(cause, version, version + " has no bundle for " + platform);
            case ROLLOUT ->
                    availability.rollout().map(rollout -> rollout(version, "", rollout)).stream();
            case MOVE_ROLLOUT ->
                    situation.closed(origin, target).stream()
                            .map(rollout -> rollout(version, " from " + from, rollout));
            case NOT_BEFORE ->
                    situation.hiddenUntil(release).map(until -> hidden(version, until)).stream();
            case REJECTED -> said(cause, version, version + " was rejected on this host");
            case PIN ->
                    said(
                            cause,
                            version,
                            version + " is above the pin " + situation.request().pin().orElse(""));
            case REQUIRES ->
                    situation.unmet(target).stream()
                            .flatMap(fact -> said(cause, version, requirement(release, fact)));
            case DOWNGRADE -> Stream.of(downgrade(from, version));
            case DEAD_END ->
                    noticed(
                            cause,
                            from,
                            from + " is a dead end: ",
                            situation.release(origin).passage().deadEnd());
            case RELEASED_EARLIER ->
                    said(cause, version, version + " was not released later than " + from);
            case BLOCKED ->
                    situation.blocks(origin, target).stream()
                            .map(block -> Optional.of(block.rule().notice()))
                            .flatMap(why ->
                                    noticed(
                                            cause,
                                            version,
                                            from + " to " + version + " is blocked: ",
                                            why));
            case RISK ->
                    situation.risks(origin, target).stream()
                            .map(risk -> risk(risk.rule(), version));
        };
    }

    private static Stream<Reason> said(Cause cause, Version version, String message) {
        return Stream.of(Reason.of(cause.kind(), version, message));
    }

    private static Stream<Reason> noticed(
            Cause cause, Version version, String what, Optional<Notice> why) {
        return why.map(notice -> Reason.noticed(cause.kind(), version, what, notice)).stream();
    }

    private String requirement(Release release, String fact) {
        String value = situation.request().facts().get(fact);
        return release.version()
                + " requires "
                + fact
                + " "
                + FactWords.of(release.availability().requires().get(fact))
                + "; "
                + (value == null ? "this host does not tell it" : "here it is " + value);
    }

    private static Reason hidden(Version version, Instant until) {
        return Reason.until(
                Cause.NOT_BEFORE.kind(),
                version,
                version + " is offered from " + until + " on",
                Optional.of(until));
    }

    private Reason rollout(Version version, String where, Rollout rollout) {
        Instant now = situation.request().now();
        Optional<Instant> opens = rollout.opensTo(situation.request().wariness());
        double share = rollout.share(now);
        boolean waits = rollout.start().filter(now::isBefore).isPresent();
        String open =
                waits
                        ? "has not started to roll out"
                        : "is open to " + Math.round(share * 1000) / 10.0 + " % of the hosts";
        String when =
                opens.map(at ->
                                "; yours in about "
                                        + about(Duration.between(now, at))
                                        + "; `--now` takes it")
                        .orElse("; its rollout does not go on by itself; `--now` takes it");
        return Reason.until(
                Cause.ROLLOUT.kind(), version, version + where + " " + open + when, opens);
    }

    /// A duration as people say it.
    static String about(Duration duration) {
        long minutes = Math.max(1, (duration.toSeconds() + 59) / 60);
        if (minutes < 120) {
            return minutes + " min";
        }
        long hours = (minutes + 30) / 60;
        return hours < 72 ? hours + " h" : (hours + 12) / 24 + " days";
    }

    /// A risk that has not been accepted.
    static Reason risk(EdgeRule rule, Version version) {
        String what = "risk " + rule.name() + ": ";
        return new Reason(
                Cause.RISK.kind(),
                Optional.of(version),
                what + rule.notice().message() + "; accept it by name to go",
                rule.notice().url(),
                Optional.empty());
    }

    static Reason downgrade(Version from, Version version) {
        return Reason.of(
                Cause.DOWNGRADE.kind(),
                version,
                version + " is older than " + from + ", and downgrades were not allowed");
    }
}
