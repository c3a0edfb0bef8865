package dev.belay.versys.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.versys.version.Version;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// Fedora CoreOS stable: barriers, dead ends and phased rollouts as they were over the years.
class FedoraCoreOsTest {
    /// Only a release with an update entry is a target; the others are where hosts come from.
    static Doc convert(List<String> order, JsonNode updates) {
        Doc doc = new Doc("numeric").with("from", "none");
        order.forEach(doc::release);
        for (JsonNode update : updates) {
            String version = update.get("version").asString();
            if (update.has("deadend")) {
                doc.set(version, "dead-end", update.at("/deadend/reason").asString());
                continue;
            }
            doc.set(version, "from", "older");
            if (update.has("barrier")) {
                doc.set(
                        version,
                        "required-stop",
                        Doc.map("message", update.at("/barrier/reason").asString()));
            }
            JsonNode rollout = update.get("rollout");
            if (rollout != null) {
                Map<String, Object> window = new HashMap<>();
                window.put("from", rollout.get("start_percentage").asDouble());
                if (rollout.has("start_epoch")) {
                    window.put("start", epoch(rollout.get("start_epoch")).toString());
                }
                if (rollout.has("duration_minutes")) {
                    window.put("duration", rollout.get("duration_minutes").asInt() + "m");
                }
                doc.set(version, "rollout", window);
            }
        }
        return doc;
    }

    private static Instant epoch(JsonNode seconds) {
        return Instant.ofEpochSecond(seconds.asLong());
    }

    @Test
    void everyHostIsOfferedWhatFedoraCoreOsOffered() {
        List<String> order = new ArrayList<>();
        GraphFiles.read("fcos-stable.json")
                .get("releases")
                .forEach(release -> order.add(release.get("version").asString()));
        JsonNode file = GraphFiles.read("fcos-stable-cases.json");
        Map<String, UpgradePlanner> planners = new HashMap<>();
        file.get("graphs")
                .forEachEntry((name, graph) ->
                        planners.put(
                                name,
                                convert(
                                                order.subList(0, graph.get("releases").asInt()),
                                                graph.get("updates"))
                                        .planner()));
        int cases = 0;
        for (JsonNode row : file.get("cases")) {
            PlanRequest request =
                    PlanRequest.builder(Version.of(row.get(1).asString()), epoch(row.get(2)))
                            .wariness(row.get(3).asDouble())
                            .build();
            PlanResult result = planners.get(row.get(0).asString()).plan(request);
            List<String> expected = new ArrayList<>();
            row.get(4).forEach(version -> expected.add(version.asString()));
            assertThat(Doc.versions(result)).as("%s -> %s", row, result).isEqualTo(expected);
            assertThat(result.outcome())
                    .as("%s -> %s", row, result)
                    .isIn(
                            expected.isEmpty()
                                    ? List.of("up-to-date", "waiting-for-rollout")
                                    : List.of("path"));
            cases++;
        }
        assertThat(cases).isEqualTo(1200);
    }
}
