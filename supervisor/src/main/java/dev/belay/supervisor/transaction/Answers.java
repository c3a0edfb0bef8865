package dev.belay.supervisor.transaction;

import dev.belay.supervisor.status.RejectedRelease;
import dev.belay.supervisor.words.Sentences;
import dev.belay.versys.plan.PlanResult;
import dev.belay.versys.plan.PlannedHop;
import dev.belay.versys.plan.Reason;
import dev.belay.versys.version.Version;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The planner's results in the words of this host. Pure.
final class Answers {
    private Answers() {}

    /// @param rejected what failed on this host, for the reasons
    /// @param confirmed releases whose manual action is done
    static CheckResult check(
            Version installed,
            PlanResult result,
            List<RejectedRelease> rejected,
            Set<Version> confirmed) {
        boolean way = result instanceof PlanResult.UpgradePath;
        List<PlannedHop> hops = way ? result.hops() : List.of();
        String message =
                way
                        ? Sentences.join(
                                hops.getLast().version()
                                        + " is available; "
                                        + hops.size()
                                        + (hops.size() == 1 ? " hop" : " hops"),
                                Stretch.of(hops, confirmed)
                                        .awaits()
                                        .map(ManualAction::message)
                                        .orElse(""),
                                reasons(result))
                        : Sentences.join(
                                nothing(installed, result),
                                reasons(result),
                                causes(result, rejected));
        return new CheckResult(
                installed,
                way ? Optional.of(hops.getLast().version()) : Optional.empty(),
                hops.stream().map(PlannedHop::version).toList(),
                hops.stream().map(PlannedHop::notes).toList(),
                way ? "update-available" : result.outcome(),
                message);
    }

    /// Empty if there is a way, for a part at least.
    ///
    /// @param confirmed releases whose manual action is done
    static Optional<Planned> withoutWay(
            Version installed, PlanResult result, Set<Version> confirmed) {
        return switch (result) {
            case PlanResult.UpgradePath way ->
                    Optional.of(Stretch.of(way.hops(), confirmed))
                            .filter(stretch -> stretch.hops().isEmpty())
                            .flatMap(Stretch::awaits)
                            .map(action ->
                                    new Planned.NoWay(
                                            "manual-action",
                                            Sentences.join(action.message(), "Nothing was changed"),
                                            action.help()));
            case PlanResult.UpToDate _ ->
                    Optional.of(
                            new Planned.NothingToDo(
                                    installed,
                                    Sentences.join(nothing(installed, result), reasons(result))));
            case PlanResult.Held _,
                    PlanResult.Blocked _,
                    PlanResult.WaitingForRollout _,
                    PlanResult.DeadEnd _,
                    PlanResult.NoPath _,
                    PlanResult.UnknownVersion _ ->
                    Optional.of(
                            new Planned.NoWay(
                                    result.outcome(),
                                    Sentences.join(
                                            nothing(installed, result),
                                            reasons(result),
                                            "Nothing was changed"),
                                    help(result)));
        };
    }

    static Outcome outcome(Planned planned) {
        return switch (planned) {
            case Planned.NothingToDo(Version installed, String message) ->
                    new Outcome.NothingToDo(installed, message);
            case Planned.NoWay(String kind, String message, String help) ->
                    new Outcome.NoWay(kind, message, help);
            case Planned.Ready _ -> throw new IllegalArgumentException("there is a way");
        };
    }

    private static String nothing(Version installed, PlanResult result) {
        return result instanceof PlanResult.UpToDate
                ? installed + " is installed, and nothing newer is offered"
                : "There is no way forward from " + installed + " now";
    }

    private static String reasons(PlanResult result) {
        return Sentences.join(
                result.reasons().stream().map(Reason::message).toArray(String[]::new));
    }

    /// Why the releases that the planner steps around were rejected here.
    private static String causes(PlanResult result, List<RejectedRelease> rejected) {
        return Sentences.join(
                result.reasons().stream()
                        .flatMap(reason -> reason.release().stream())
                        .map(Version::text)
                        .distinct()
                        .flatMap(version ->
                                rejected.stream().filter(r -> r.version().equals(version)))
                        .map(RejectedRelease::reason)
                        .toArray(String[]::new));
    }

    private static String help(PlanResult result) {
        for (Reason reason : result.reasons()) {
            if (reason.kind().contains("rejected") && reason.release().isPresent()) {
                return "To try it again: supervisor update --retry-rejected "
                        + reason.release().get();
            }
        }
        return result instanceof PlanResult.WaitingForRollout
                ? "Wait, or take it at once: supervisor update --now"
                : "Ask the vendor, or see what is offered: supervisor check";
    }
}
