package dev.belay.supervisor.offer;

import dev.belay.supervisor.status.RejectedRelease;
import dev.belay.supervisor.words.Sentences;
import dev.belay.supervisor.words.Times;
import dev.belay.versys.plan.PlanResult;
import dev.belay.versys.plan.PlannedHop;
import dev.belay.versys.plan.Reason;
import dev.belay.versys.version.Version;
import java.util.List;
import java.util.Optional;

/// The planner's results in the words of this host. Pure.
final class PlannerWords {
    private PlannerWords() {}

    static CheckResult check(Look look) {
        Version installed = look.installed();
        PlanResult result = look.result();
        boolean way = result instanceof PlanResult.UpgradePath;
        List<PlannedHop> hops = way ? result.hops() : List.of();
        String message =
                way
                        ? Sentences.join(
                                hops.getLast().version()
                                        + " is available; "
                                        + hops.size()
                                        + (hops.size() == 1 ? " hop" : " hops"),
                                look.way().awaits().map(ManualAction::message).orElse(""),
                                reasons(result))
                        : Sentences.join(
                                nothing(installed, result),
                                reasons(result),
                                causes(result, look.rejected()));
        return new CheckResult(
                installed,
                way ? Optional.of(hops.getLast().version()) : Optional.empty(),
                hops.stream().map(PlannedHop::version).toList(),
                hops.stream().map(PlannedHop::notes).toList(),
                way ? "update-available" : result.outcome(),
                message,
                look.offer().warnings());
    }

    static Optional<Planned> withoutWay(Look look) {
        Version installed = look.installed();
        PlanResult result = look.result();
        return switch (result) {
            case PlanResult.UpgradePath _ ->
                    look.way()
                            .awaits()
                            .filter(_ -> look.way().hops().isEmpty())
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

    static String rejected(RejectedRelease release) {
        return release.version()
                + " was rejected here at "
                + Times.utc(release.at())
                + ": "
                + Sentences.join(release.reason(), tryAgain(release.version()));
    }

    private static String tryAgain(Version version) {
        return "To try it again: supervisor update --retry-rejected " + version;
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
                        .distinct()
                        .flatMap(version ->
                                rejected.stream().filter(r -> r.version().equals(version)))
                        .map(RejectedRelease::reason)
                        .toArray(String[]::new));
    }

    private static String help(PlanResult result) {
        for (Reason reason : result.reasons()) {
            if (reason.kind().contains("rejected") && reason.release().isPresent()) {
                return tryAgain(reason.release().get());
            }
        }
        return result instanceof PlanResult.WaitingForRollout
                ? "Wait, or take it at once: supervisor update --now"
                : "Ask the vendor, or see what is offered: supervisor check";
    }
}
