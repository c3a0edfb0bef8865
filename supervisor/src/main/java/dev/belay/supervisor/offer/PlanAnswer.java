package dev.belay.supervisor.offer;

import dev.belay.versys.plan.PlanResult;
import java.util.List;

/// The planner's answer for this host, with its explanation.
///
/// @param result the answer
/// @param lines the same in words, one line each
public record PlanAnswer(PlanResult result, List<String> lines) {
    public PlanAnswer {
        lines = List.copyOf(lines);
    }
}
