package dev.belay.versys.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// The probes of `feature-probes.json`. Expected values come from the file where it has them as
/// data.
final class Probes {
    private Probes() {}

    private static final JsonNode ALL = GraphFiles.read("feature-probes.json").get("probes");

    static JsonNode probe(int number) {
        JsonNode probe = ALL.get(number - 1);
        assertThat(probe.get("feature").asString()).startsWith("F" + number + " ");
        return probe;
    }

    static List<String> expected(int number) {
        List<String> expected = new ArrayList<>();
        probe(number).get("expected").forEach(each -> expected.add(each.asString()));
        return expected;
    }

    static String first(PlanResult result) {
        return Doc.path(result).isEmpty() ? "none" : Doc.path(result).getFirst();
    }
}
