package dev.belay.versys.plan;

import java.util.List;

/// The planner's answer.
///
/// An answer other than [UpgradePath] may still have hops: as far as the host can go now, which is
/// where the reasons apply.
public sealed interface PlanResult {
    /// Hops in order; each is one transaction.
    List<PlannedHop> hops();

    /// Why the answer is what it is; at least one unless the path leads to what was asked for.
    List<Reason> reasons();

    /// A way to the wanted release, or to the newest that can be reached; reasons then say why not
    /// further.
    record UpgradePath(List<PlannedHop> hops, List<Reason> reasons) implements PlanResult {}

    /// The host has what it wants.
    record UpToDate(List<PlannedHop> hops, List<Reason> reasons) implements PlanResult {}

    /// The vendor forbids it, or the host does not meet a requirement or has not accepted a risk.
    record Blocked(List<PlannedHop> hops, List<Reason> reasons) implements PlanResult {}

    /// A rollout has not reached this host yet.
    record WaitingForRollout(List<PlannedHop> hops, List<Reason> reasons) implements PlanResult {}

    /// Nothing leads away from the installed release, and the vendor says why.
    record DeadEnd(List<PlannedHop> hops, List<Reason> reasons) implements PlanResult {}

    /// Newer releases exist, but no moves lead there.
    record NoPath(List<PlannedHop> hops, List<Reason> reasons) implements PlanResult {}

    /// The installed or the wanted version is not in the channel.
    record UnknownVersion(List<PlannedHop> hops, List<Reason> reasons) implements PlanResult {}

    /// The admin's pin or the host's rejected releases hold it back.
    record Held(List<PlannedHop> hops, List<Reason> reasons) implements PlanResult {}

    /// The machine name of the outcome: `path`, `up-to-date`, `blocked`, `waiting-for-rollout`,
    /// `dead-end`, `no-path`, `unknown-version` or `held`.
    default String outcome() {
        return switch (this) {
            case UpgradePath _ -> "path";
            case UpToDate _ -> "up-to-date";
            case Blocked _ -> "blocked";
            case WaitingForRollout _ -> "waiting-for-rollout";
            case DeadEnd _ -> "dead-end";
            case NoPath _ -> "no-path";
            case UnknownVersion _ -> "unknown-version";
            case Held _ -> "held";
        };
    }
}
