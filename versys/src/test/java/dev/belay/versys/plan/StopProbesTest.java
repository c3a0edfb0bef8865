package dev.belay.versys.plan;

import static dev.belay.versys.plan.Probes.expected;
import static dev.belay.versys.plan.Probes.probe;
import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.versys.version.Version;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// The probes of `feature-probes.json` about required stops.
class StopProbesTest {
    @Test
    void f07EverybodyBelowABarrierLandsOnIt() {
        Doc doc = Doc.opaque("a", "b", "B", "c", "L").with("from", "none");
        doc.set("B", "from", "older", "required-stop", true);
        doc.set("L", "from", "older", "rollout", Doc.map("from", 1.0));

        assertThat(Doc.path(doc.plan("a", request -> request))).isEqualTo(expected(7));
    }

    @Test
    void f08AClosedBarrierHidesWhatLiesBeyond() {
        Doc doc = Doc.opaque("a", "B", "L").with("from", "none");
        doc.set("B", "from", "older", "required-stop", true, "rollout", Doc.map("from", 0.0));
        doc.set("L", "from", "older", "rollout", Doc.map("from", 1.0));
        PlanResult result =
                doc.plan("a", r -> r.wariness(probe(8).at("/input/wariness").asDouble()));

        assertThat(Doc.versions(result)).isEqualTo(expected(8));
        assertThat(result.outcome()).isEqualTo("waiting-for-rollout");
        assertThat(result.reasons().getFirst().release()).contains(Version.of("B"));
    }

    @Test
    void f12AStopIsTheLatestPatchOfASeries() {
        assertThat(Doc.path(gitlab(12, PlanPolicy.FEWEST_HOPS))).isEqualTo(expected(12));
    }

    @Test
    void f13ZeroDowntimeStopsAtEveryMinor() {
        assertThat(Doc.path(gitlab(13, PlanPolicy.EVERY_MINOR))).isEqualTo(expected(13));
    }

    @Test
    void f14AStopForSomeHosts() {
        JsonNode input = probe(14).get("input");
        Doc doc = Doc.semver("16.11.10", "17.0.8", "17.1.8", "17.2.9", "17.3.7");
        doc.add("stops", "last-in", "17.1", "when", Doc.map("large_ci_pipeline_messages", true));
        for (int i = 0; i < 2; i++) {
            String large = input.get("large_ci_pipeline_messages").get(i).asString();
            List<String> expected = new ArrayList<>();
            probe(14).get("expected").get(i).forEach(v -> expected.add(v.asString()));
            assertThat(
                            Doc.path(
                                    doc.plan(
                                            input.get("from").asString(),
                                            r -> r.fact("large_ci_pipeline_messages", large))))
                    .isEqualTo(expected);
        }
    }

    @Test
    void f15AStopForSomeOrigins() {
        Doc doc = Doc.numeric("9.1.2", "20.6.0", "21.5.0", "21.6.3", "23.6.2", "24.3.0");
        doc.set("21.5.0", "required-stop", Doc.map("from", "<=9.1.2"));
        doc.set("21.6.3", "required-stop", true);
        doc.set("23.6.2", "required-stop", true);
        for (int i = 0; i < 2; i++) {
            List<String> expected = new ArrayList<>();
            probe(15).get("expected").get(i).forEach(v -> expected.add(v.asString()));
            assertThat(
                            Doc.path(
                                    doc.plan(
                                            probe(15).at("/input/from").get(i).asString(),
                                            request -> request)))
                    .isEqualTo(expected);
        }
    }

    @Test
    void f16AStopForSomeTargets() {
        Doc doc = Doc.numeric("8.18", "8.19", "9.0", "9.1");
        doc.set("9.0", "from", "8.18").set("9.1", "from", "8.19 || 9.0");

        assertThat(doc.plan("8.19", "9.0").outcome()).isEqualTo("no-path");
        assertThat(Doc.path(doc.plan("8.19", "9.1"))).containsExactly("9.1");
        assertThat(Doc.path(doc.plan("8.18", "9.0"))).containsExactly("9.0");
    }

    @Test
    void f26AStopAboveTheTargetIsIgnored() {
        JsonNode input = probe(26).get("input");
        Doc doc = Doc.semver("1000.0.0", "2000.0.0", "3000.0.0", "4000.0.0");
        input.get("floors").forEach(f -> doc.set(f.asString(), "required-stop", true));

        assertThat(Doc.path(doc.plan(input.get("from").asString(), input.get("target").asString())))
                .isEqualTo(expected(26));
    }

    @Test
    void f27MajorsMayShareAStopPerBoard() {
        Doc doc = new Doc("numeric");
        for (String version :
                List.of(
                        "11.0", "11.5", "12.4", "13.2", "14.2", "15.0", "15.2", "16.3", "17.3",
                        "18.1")) {
            doc.release(version);
        }
        Map<String, Object> bundle = Doc.map("path", "x", "length", 1);
        doc.release("15.3", "platforms", Map.of("rpi", bundle));
        doc.release("18.2", "platforms", Map.of("ova", bundle, "rpi", bundle));
        doc.add("stops", "last-of-each", "major", "within", "11.x || 15.x");

        assertThat(Doc.path(doc.plan("11.0", r -> r.platform("ova")))).isEqualTo(expected(27));
        assertThat(Doc.path(doc.plan("11.0", r -> r.platform("rpi"))))
                .containsExactly("11.5", "15.3", "18.2");
    }

    @Test
    void f28TheNewestEdgeMayStrandAHost() {
        Doc doc =
                Doc.semver("4.2.16", "4.2.20", "4.3.0-rc.3", "4.3.0", "4.3.40")
                        .with("from", "none");
        doc.set("4.2.20", "previous", List.of("4.2.16"));
        doc.set("4.3.0-rc.3", "previous", List.of("4.2.16"));
        doc.set("4.3.0", "previous", List.of("4.2.20"));
        doc.set("4.3.40", "previous", List.of("4.3.0"));

        assertThat(Doc.path(doc.plan("4.2.16", r -> r)))
                .containsExactly("4.2.20", "4.3.0", "4.3.40");
        assertThat(probe(28).at("/expected/newest_reachable").asString()).startsWith("4.3.40");
    }

    private static PlanResult gitlab(int number, PlanPolicy policy) {
        JsonNode input = probe(number).get("input");
        return GitLabTest.convert(GraphFiles.read("gitlab-required-stops.json"))
                .plan(
                        input.get("from").asString(),
                        request ->
                                request.to(Version.of(input.get("to").asString())).policy(policy));
    }
}
