package dev.belay.versys.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.versys.version.Version;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// GitLab: a stop is a whole minor series, landed on its latest patch.
class GitLabTest {
    static Doc convert(JsonNode file) {
        Doc doc = new Doc("semver");
        List<String> releases = new ArrayList<>();
        file.get("releases").forEach(version -> releases.add(version.asString()));
        Collections.reverse(releases);
        releases.forEach(doc::release);
        file.get("tool_stops")
                .forEach(stop ->
                        doc.add(
                                "stops",
                                "last-in",
                                stop.get("major").asInt() + "." + stop.get("minor").asInt()));
        return doc;
    }

    private static void check(JsonNode cases, UnaryOperator<PlanRequest.Builder> policy) {
        UpgradePlanner planner = convert(GraphFiles.read("gitlab-required-stops.json")).planner();
        for (JsonNode row : cases) {
            PlanResult result =
                    Doc.plan(
                            planner,
                            row.get(0).asString(),
                            request -> policy.apply(request.to(Version.of(row.get(1).asString()))));
            List<String> expected = new ArrayList<>();
            row.get(2).forEach(version -> expected.add(version.asString()));
            assertThat(Doc.path(result)).as("%s", row).isEqualTo(expected);
        }
    }

    @Test
    void everyChainIsTheOneOfTheUpgradePathTool() {
        JsonNode cases = GraphFiles.read("gitlab-required-stops.json").get("cases");
        assertThat(cases.size()).isEqualTo(400);
        check(cases, request -> request);
    }

    @Test
    void withoutDowntimeNoMinorIsSkipped() {
        JsonNode cases = GraphFiles.read("gitlab-required-stops.json").get("zero_downtime_cases");
        assertThat(cases.size()).isEqualTo(100);
        check(cases, request -> request.policy(PlanPolicy.EVERY_MINOR));
    }

    @Test
    void stopsAreAlsoThereBySchedule() {
        for (JsonNode row :
                GraphFiles.read("gitlab-required-stops.json").get("upgrade_path_spec_cases")) {
            Doc doc =
                    new Doc("semver")
                            .add(
                                    "stops",
                                    "last-of-each",
                                    "minor",
                                    "within",
                                    ">=17.5.0",
                                    "numbers",
                                    List.of(2, 5, 8, 11));
            for (int major = 16; major < 19; major++) {
                for (int minor = 0; minor < 12; minor++) {
                    doc.release(major + "." + minor + ".0");
                }
            }
            row.get("path").forEach(stop -> doc.add("stops", "last-in", series(stop)));
            String current = series(row.get("current")) + ".0";

            assertThat(Doc.versions(doc.plan(current, "18.0.0")).getFirst())
                    .as("%s", row)
                    .isEqualTo(
                            series(row.get("next")).equals(series(row.get("current")))
                                    ? "17.8.0"
                                    : series(row.get("next")) + ".0");
            assertThat(Doc.versions(doc.plan("16.11.0", current)))
                    .as("%s", row)
                    .contains(series(row.get("last")) + ".0");
            PlannedHop landing = doc.plan("17.5.0", "17.7.0").hops().getFirst();
            assertThat(landing.requiredStop()).isEqualTo(row.get("is_stop").asBoolean());
        }
    }

    private static String series(JsonNode stop) {
        return stop.get(0).asInt() + "." + stop.get(1).asInt();
    }
}
