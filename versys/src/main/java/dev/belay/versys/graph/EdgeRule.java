package dev.belay.versys.graph;

import dev.belay.versys.version.Version;
import java.util.Optional;
import java.util.Set;

/// Something said about moves: which targets, from which origins, on which platforms and hosts.
///
/// Used for blocked edges, for risks (`name` is the risk), for manual actions (`name` is what the
/// admin confirms) and for rollouts of some moves alone.
///
/// @param name the risk or action; empty for a block
/// @param target an exact target (build metadata counts)
/// @param targets a range of targets; without either, the release it stands in, or all
/// @param platforms none means all
/// @param when asked of the host
/// @param rollout opens the moves to more and more hosts; only in the list of rollouts
public record EdgeRule(
        String name,
        Optional<Version> target,
        Optional<String> targets,
        Origins origins,
        Set<String> platforms,
        HostPredicate when,
        Notice notice,
        Optional<Rollout> rollout) {
    /// A rule without a rollout.
    public EdgeRule(
            String name,
            Optional<Version> target,
            Optional<String> targets,
            Origins origins,
            Set<String> platforms,
            HostPredicate when,
            Notice notice) {
        this(name, target, targets, origins, platforms, when, notice, Optional.empty());
    }

    public EdgeRule {
        platforms = Set.copyOf(platforms);
    }

    /// A block of one exact target for a range of origins.
    public static EdgeRule block(Version target, Origins origins, Notice notice) {
        return new EdgeRule(
                "",
                Optional.of(target),
                Optional.empty(),
                origins,
                Set.of(),
                HostPredicate.ALWAYS,
                notice);
    }
}
