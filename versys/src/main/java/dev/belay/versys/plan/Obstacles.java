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

/// What is in the way of a move, in words: the same questions that [Situation] answers in bits.
final class Obstacles {
    /// One obstacle and how grave it is.
    record Found(Obstacle obstacle, Reason reason) {}

    private final Situation situation;

    Obstacles(Situation situation) {
        this.situation = situation;
    }

    List<Found> of(int origin, int target) {
        List<Found> found = new ArrayList<>();
        onTarget(target, found);
        onMove(origin, target, found);
        return found;
    }

    private void onTarget(int target, List<Found> found) {
        Release release = situation.release(target);
        Version version = release.version();
        release.availability()
                .withdrawn()
                .ifPresent(why ->
                        vendor(
                                found,
                                "withdrawn",
                                version,
                                version + " was withdrawn: " + why.message(),
                                why.url()));
        if (target > situation.head()) {
            vendor(
                    found,
                    "above-head",
                    version,
                    version + " is above the newest release that the channel offers here",
                    Optional.empty());
        }
        if (target < situation.floor()) {
            vendor(
                    found,
                    "below-floor",
                    version,
                    version + " is below the oldest release that the channel leads to",
                    Optional.empty());
        }
        if (!situation.serves(target)) {
            vendor(
                    found,
                    "no-bundle",
                    version,
                    version + " has no bundle for " + situation.request().platform().orElse(""),
                    Optional.empty());
        }
        release.availability()
                .rollout()
                .filter(situation::isClosed)
                .ifPresent(r -> rollout(version, r, found));
        situation
                .hiddenUntil(release)
                .ifPresent(until ->
                        found.add(
                                new Found(
                                        Obstacle.TIME,
                                        new Reason(
                                                "not-before",
                                                Optional.of(version),
                                                version + " is offered from " + until + " on",
                                                Optional.empty(),
                                                Optional.of(until)))));
        if (situation.request().rejected().contains(version)) {
            add(
                    found,
                    Obstacle.HOLD,
                    "rejected",
                    version,
                    version + " was rejected on this host",
                    Optional.empty());
        }
        for (String fact : situation.unmet(target)) {
            String value = situation.request().facts().get(fact);
            add(
                    found,
                    Obstacle.CONDITION,
                    "requires",
                    version,
                    version
                            + " requires "
                            + fact
                            + " "
                            + FactWords.of(release.availability().requires().get(fact))
                            + "; "
                            + (value == null
                                    ? "this host does not tell it"
                                    : "here it is " + value),
                    Optional.empty());
        }
    }

    private void rollout(Version version, Rollout rollout, List<Found> found) {
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
        found.add(
                new Found(
                        Obstacle.TIME,
                        new Reason(
                                "rollout",
                                Optional.of(version),
                                version + " " + open + when,
                                Optional.empty(),
                                opens)));
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

    private void onMove(int origin, int target, List<Found> found) {
        Version from = situation.version(origin);
        Version version = situation.version(target);
        if (origin > target && !situation.request().allowDowngrade()) {
            add(
                    found,
                    Obstacle.NEVER,
                    "downgrade",
                    version,
                    version + " is older than " + from + ", and downgrades were not allowed",
                    Optional.empty());
        }
        situation
                .release(origin)
                .passage()
                .deadEnd()
                .ifPresent(why ->
                        vendor(
                                found,
                                "dead-end",
                                from,
                                from + " is a dead end: " + why.message(),
                                why.url()));
        if (situation.isTooEarly(origin, target)) {
            vendor(
                    found,
                    "released-earlier",
                    version,
                    version + " was not released later than " + from,
                    Optional.empty());
        }
        for (IndexedRule rule : situation.index().blocked(target)) {
            if (situation.isAbout(rule, origin, target)) {
                Notice why = rule.rule().notice();
                vendor(
                        found,
                        "blocked",
                        version,
                        from + " to " + version + " is blocked: " + why.message(),
                        why.url());
            }
        }
        for (IndexedRule rule : situation.index().conditions(target)) {
            if (!situation.request().acceptedRisks().contains(rule.rule().name())
                    && situation.isAbout(rule, origin, target)) {
                found.add(new Found(Obstacle.CONDITION, risk(rule.rule(), version)));
            }
        }
    }

    /// A risk that has not been accepted.
    static Reason risk(EdgeRule rule, Version version) {
        return new Reason(
                "risk",
                Optional.of(version),
                "risk "
                        + rule.name()
                        + ": "
                        + rule.notice().message()
                        + "; accept it by name to go",
                rule.notice().url(),
                Optional.empty());
    }

    private static void vendor(
            List<Found> found, String kind, Version version, String message, Optional<String> url) {
        add(found, Obstacle.VENDOR, kind, version, message, url);
    }

    private static void add(
            List<Found> found,
            Obstacle obstacle,
            String kind,
            Version version,
            String message,
            Optional<String> url) {
        found.add(
                new Found(
                        obstacle,
                        new Reason(kind, Optional.of(version), message, url, Optional.empty())));
    }
}
