package dev.belay.versys.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.versys.version.Version;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// OpenShift stable-4.7: explicit edges, some of them with risks.
class OpenShiftTest {
    static Doc convert(JsonNode graph) {
        Doc doc = new Doc("semver").with("from", "none");
        Map<String, List<String>> previous = new TreeMap<>();
        graph.get("edges")
                .forEach(edge ->
                        previous.computeIfAbsent(edge.get(1).asString(), _ -> new ArrayList<>())
                                .add(edge.get(0).asString()));
        for (JsonNode conditional : graph.get("conditional_edges")) {
            for (JsonNode edge : conditional.get("edges")) {
                previous.computeIfAbsent(edge.get(1).asString(), _ -> new ArrayList<>())
                        .add(edge.get(0).asString());
                for (JsonNode risk : conditional.get("risks")) {
                    doc.add(
                            "conditions",
                            "risk",
                            risk.get("name").asString(),
                            "target",
                            edge.get(1).asString(),
                            "origins",
                            List.of(edge.get(0).asString()),
                            "message",
                            "see the release notes");
                }
            }
        }
        for (JsonNode node : graph.get("nodes")) {
            String version = node.get("version").asString();
            doc.release(version, "previous", previous.getOrDefault(version, List.of()));
        }
        return doc;
    }

    @Test
    void reachesWhatTheGraphReachesInAsFewHops() {
        JsonNode graph = GraphFiles.read("openshift-stable-4.7.json");
        UpgradePlanner planner = convert(graph).planner();
        List<String> risks = new ArrayList<>();
        graph.get("conditional_edges")
                .forEach(edge ->
                        edge.get("risks").forEach(risk -> risks.add(risk.get("name").asString())));
        int cases = 0;
        for (JsonNode row : GraphFiles.read("openshift-stable-4.7-cases.json").get("cases")) {
            boolean accept = row.get("mode").asString().equals("accept");
            PlanRequest.Builder request =
                    PlanRequest.builder(Version.of(row.get("from").asString()), Doc.NOW);
            if (accept) {
                risks.forEach(request::acceptRisk);
            }
            PlanResult newest = planner.plan(request.build());
            if (row.get("newest_reachable").isNull()) {
                assertThat(newest.hops()).as("%s", row).isEmpty();
            } else {
                assertThat(Doc.path(newest).getLast())
                        .as("%s", row)
                        .isEqualTo(row.get("newest_reachable").asString());
            }
            PlanResult result =
                    planner.plan(request.to(Version.of(row.get("to").asString())).build());
            if (row.get("hops").isNull()) {
                assertThat(result).as("%s", row).isNotInstanceOf(PlanResult.UpgradePath.class);
                assertThat(result.reasons()).isNotEmpty();
            } else {
                assertThat(Doc.path(result)).as("%s", row).hasSize(row.get("hops").asInt());
            }
            cases++;
        }
        assertThat(cases).isEqualTo(204);
    }

    @Test
    void namesEveryRiskOfAnEdge() {
        PlanResult result =
                convert(GraphFiles.read("openshift-stable-4.7.json")).plan("4.6.15", "4.7.4");

        assertThat(result.outcome()).isEqualTo("blocked");
        assertThat(result.reasons())
                .extracting(Reason::message)
                .anyMatch(m -> m.contains("AuthOAuthProxyLeakedConnections"))
                .anyMatch(m -> m.contains("VSphereHW14CrossNodeNetworkingError"))
                .anyMatch(m -> m.contains("VSphereNodeNameChanges"));
        assertThat(new LinkedHashMap<>(PlanJson.of(result)).keySet())
                .containsExactly("outcome", "hops", "reasons");
    }
}
