package dev.belay.versys.plan;

import dev.belay.versys.version.Version;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// An answer in words, for a terminal: where to, why through these releases, what is in the way,
/// what opens when, and what accepting a risk would change.
public final class Explanation {
    private final UpgradePlanner planner;
    private final PlanRequest request;
    private final PlanResult result;
    private final List<String> lines = new ArrayList<>();

    private Explanation(UpgradePlanner planner, PlanRequest request) {
        this.planner = planner;
        this.request = request;
        this.result = planner.plan(request);
    }

    /// Plans the request and explains the answer, one line each.
    public static List<String> of(UpgradePlanner planner, PlanRequest request) {
        return new Explanation(planner, request).explain();
    }

    private List<String> explain() {
        lines.add(headline());
        for (PlannedHop hop : result.hops()) {
            lines.add("  " + hop.version() + (hop.why().isEmpty() ? "" : "  " + hop.why()));
            hop.risks().forEach(risk -> lines.add("    accepted risk: " + risk));
            hop.manualAction()
                    .ifPresent(action -> lines.add("    do and confirm first: " + action));
        }
        if (!result.reasons().isEmpty()) {
            lines.add(result.hops().isEmpty() ? "Why:" : "Why not further:");
            for (Reason reason : result.reasons()) {
                lines.add("  " + reason.message() + ".");
                reason.url().ifPresent(url -> lines.add("    see " + url));
                reason.until().ifPresent(until -> lines.add("    opens at " + until));
            }
        }
        consequences();
        return lines;
    }

    private String headline() {
        String wanted = request.to().map(Version::text).orElse("the newest release");
        String way =
                result.hops().isEmpty()
                        ? ""
                        : request.from()
                                + result.hops().stream()
                                        .map(hop -> " -> " + hop.version())
                                        .collect(Collectors.joining());
        return switch (result) {
            case PlanResult.UpgradePath _ -> way + " (" + hops(result.hops().size()) + ")";
            case PlanResult.UpToDate _ -> request.from() + " is up to date.";
            case PlanResult.Blocked _ -> "Blocked on the way to " + wanted + so(way);
            case PlanResult.WaitingForRollout _ -> "Waiting for " + wanted + so(way);
            case PlanResult.DeadEnd _ -> "Nothing leads away from " + request.from() + ".";
            case PlanResult.NoPath _ ->
                    "No path from " + request.from() + " to " + wanted + so(way);
            case PlanResult.UnknownVersion _ -> "Unknown version.";
            case PlanResult.Held _ -> "Held back on the way to " + wanted + so(way);
        };
    }

    private static String so(String way) {
        return way.isEmpty() ? "." : ". As far as possible: " + way;
    }

    private static String hops(int count) {
        return count == 1 ? "1 hop" : count + " hops";
    }

    /// What would be different with the risks accepted, all together since an edge needs all.
    private void consequences() {
        Set<String> risks = new LinkedHashSet<>();
        PlanRequest.Builder accepting = request.toBuilder();
        for (Reason reason : result.reasons()) {
            if (reason.kind().equals("risk")) {
                String name = reason.message().substring("risk ".length());
                risks.add(name.substring(0, name.indexOf(':')));
            }
        }
        if (risks.isEmpty()) {
            return;
        }
        risks.forEach(accepting::acceptRisk);
        PlanResult then = planner.plan(accepting.build());
        lines.add(
                "Accepting "
                        + String.join(" and ", risks)
                        + (then instanceof PlanResult.UpgradePath && !then.equals(result)
                                ? " opens: "
                                        + then.hops().stream()
                                                .map(hop -> hop.version().text())
                                                .collect(Collectors.joining(" -> "))
                                : " alone would not open the way")
                        + ".");
    }
}
