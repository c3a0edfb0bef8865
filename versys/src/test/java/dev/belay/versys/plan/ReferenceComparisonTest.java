package dev.belay.versys.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.versys.graph.Channel;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// The planner and the plain reference agree on many small random graphs.
class ReferenceComparisonTest {
    /// `-Dreference.graphs=10000` runs more of the same seeds.
    private static final int GRAPHS = Integer.getInteger("reference.graphs", 4_000);

    private static final int REQUESTS = 2;

    @Test
    void agreesWithTheReferenceOnRandomGraphs() {
        Map<String, Integer> outcomes = new HashMap<>();
        Map<String, Integer> partly = new HashMap<>();
        for (int seed = 0; seed < GRAPHS; seed++) {
            RandomGraphs graphs = new RandomGraphs(seed);
            Doc doc = graphs.channel();
            Channel channel = doc.channel();
            UpgradePlanner planner = new UpgradePlanner(channel);
            for (int i = 0; i < REQUESTS; i++) {
                PlanRequest request = graphs.request();
                ReferencePlanner.Answer expected = new ReferencePlanner(channel, request).answer();
                PlanResult result = planner.plan(request);
                assertThat(new ReferencePlanner.Answer(result.outcome(), Doc.versions(result)))
                        .as(
                                "seed %d, request %s, channel %s, answer %s",
                                seed,
                                request,
                                new String(channel.toJson(), StandardCharsets.UTF_8),
                                result)
                        .isEqualTo(expected);
                outcomes.merge(result.outcome(), 1, Integer::sum);
                if (!result.hops().isEmpty()) {
                    partly.merge(result.outcome(), 1, Integer::sum);
                }
                if (!(result instanceof PlanResult.UpgradePath
                        || result instanceof PlanResult.UpToDate)) {
                    assertThat(result.reasons()).as("seed %d", seed).isNotEmpty();
                }
            }
        }
        // Every answer must have come up, or the graphs would prove little.
        assertThat(outcomes.keySet())
                .contains(
                        "path",
                        "up-to-date",
                        "blocked",
                        "waiting-for-rollout",
                        "dead-end",
                        "no-path",
                        "held");
        assertThat(partly.keySet()).contains("path", "blocked", "waiting-for-rollout", "held");
        assertThat(outcomes.get("path")).isGreaterThan(GRAPHS / 4);
    }

    /// Sets of releases are words of 64 bits. The graphs above are smaller than one; here they lie
    /// around the end of the first.
    @Test
    void releasesThatNothingLeadsToOrFromChangeNoAnswer() {
        for (int seed = 0; seed < GRAPHS; seed++) {
            RandomGraphs graphs = new RandomGraphs(seed);
            Doc doc = graphs.channel();
            PlanRequest request = graphs.request();
            PlanResult expected = new UpgradePlanner(doc.channel()).plan(request);
            for (int i = 0; i < 57 + seed % 8; i++) {
                doc.release("0.0.0-a." + i, "from", "none", "to", "0.0.0-0");
                doc.set("0.0.0-a." + i, "date", "2026-01-01T00:00:00Z");
            }
            assertThat(new UpgradePlanner(doc.channel()).plan(request))
                    .as("seed %d, request %s", seed, request)
                    .isEqualTo(expected);
        }
    }
}
