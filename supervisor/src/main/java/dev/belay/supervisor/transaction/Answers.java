package dev.belay.supervisor.transaction;

import dev.belay.versys.plan.PlanResult;
import dev.belay.versys.plan.PlannedHop;
import dev.belay.versys.plan.Reason;
import dev.belay.versys.version.Version;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// The planner's results in the words of this host. Pure.
final class Answers {
    private Answers() {}

    static CheckResult check(Version installed, PlanResult result) {
        boolean way = result instanceof PlanResult.UpgradePath;
        List<PlannedHop> hops = way ? result.hops() : List.of();
        String message =
                way
                        ? hops.getLast().version()
                                + " is available; "
                                + hops.size()
                                + (hops.size() == 1 ? " hop." : " hops.")
                                + reasons(result)
                        : withoutWay(installed, result).map(Answers::message).orElse("");
        return new CheckResult(
                installed,
                way ? Optional.of(hops.getLast().version()) : Optional.empty(),
                hops.stream().map(PlannedHop::version).toList(),
                hops.stream().map(PlannedHop::notes).toList(),
                way ? "update-available" : result.outcome(),
                message);
    }

    /// Empty if there is a way.
    static Optional<Planned> withoutWay(Version installed, PlanResult result) {
        return switch (result) {
            case PlanResult.UpgradePath _ -> Optional.empty();
            case PlanResult.UpToDate _ ->
                    Optional.of(
                            new Planned.NothingToDo(
                                    installed,
                                    installed
                                            + " is installed, and nothing newer is offered."
                                            + reasons(result)));
            case PlanResult.Held _,
                    PlanResult.Blocked _,
                    PlanResult.WaitingForRollout _,
                    PlanResult.DeadEnd _,
                    PlanResult.NoPath _,
                    PlanResult.UnknownVersion _ ->
                    Optional.of(
                            new Planned.NoWay(
                                    result.outcome(),
                                    "There is no way forward from "
                                            + installed
                                            + " now."
                                            + reasons(result)
                                            + " Nothing was changed.",
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

    private static String message(Planned planned) {
        return switch (planned) {
            case Planned.NothingToDo nothing -> nothing.message();
            case Planned.NoWay none -> none.message();
            case Planned.Ready _ -> "";
        };
    }

    private static String reasons(PlanResult result) {
        return result.reasons().stream()
                .map(Reason::message)
                .map(words -> " " + words + (words.endsWith(".") ? "" : "."))
                .collect(Collectors.joining());
    }

    private static String help(PlanResult result) {
        for (Reason reason : result.reasons()) {
            if (reason.kind().contains("rejected") && reason.release().isPresent()) {
                return "To try it again: supervisor update --retry-rejected "
                        + reason.release().get();
            }
        }
        return result instanceof PlanResult.WaitingForRollout
                ? "Wait, or ask for it by name: supervisor update --to VERSION"
                : "Ask the vendor, or see what is offered: supervisor check";
    }
}
