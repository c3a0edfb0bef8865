package dev.belay.versys.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.versys.version.Version;
import dev.belay.versys.version.VersionScheme;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// Policies of Sentry, Elastic, kubeadm, Talos, Nebraska and CockroachDB.
class SmallGraphsTest {
    private static List<String> strings(JsonNode array) {
        List<String> strings = new ArrayList<>();
        array.forEach(each -> strings.add(each.asString()));
        return strings;
    }

    @Test
    void sentryStopsDependOnTheOrigin() {
        JsonNode file = GraphFiles.read("sentry-hard-stops.json");
        Set<String> versions = new LinkedHashSet<>();
        file.get("cases").forEach(row -> versions.add(row.get("from").asString()));
        versions.addAll(List.of("9.1.2", "21.5.0", "21.6.3", "23.6.2", "24.3.0", "23.7.0"));
        Doc doc = new Doc("numeric");
        versions.forEach(doc::release);
        doc.add("stops", "version", "9.1.2")
                .add("stops", "version", "21.5.0", "from", "<=9.1.2")
                .add("stops", "version", "21.6.3")
                .add("stops", "version", "23.6.2")
                .add("blocked", "target", "23.7.0", "message", "should be skipped");
        UpgradePlanner planner = doc.planner();
        for (JsonNode row : file.get("cases")) {
            PlanResult result = Doc.plan(planner, row.get("from").asString(), request -> request);
            assertThat(Doc.path(result)).as("%s", row).isEqualTo(strings(row.get("expected")));
        }
    }

    /// The last minors of a major are stops, 9.0 takes hosts of 8.18 only, and a target must have
    /// been released later.
    static Doc elastic() {
        Doc doc = new Doc("semver").with("released-later", true);
        int day = 1;
        for (String version :
                List.of(
                        "5.6.16",
                        "6.3.0",
                        "6.8.23",
                        "7.9.0",
                        "7.10.0",
                        "7.17.0",
                        "7.17.29",
                        "8.18.0",
                        "9.0.0-rc1",
                        "9.0.0",
                        "8.19.0",
                        "9.1.0",
                        "9.2.0",
                        "8.19.9",
                        "9.2.4",
                        "9.3.0")) {
            doc.release(version, "date", "2026-01-%02dT00:00:00Z".formatted(day++));
        }
        return doc.add("stops", "last-in", "6.8", "targets", ">=7")
                .add("stops", "last-in", "7.17", "targets", ">=8")
                .add("series", "targets", "5.x", "from", "<6")
                .add("series", "targets", "6.x", "from", "5.6.x || 6.x")
                .add("series", "targets", "7.x", "from", "6.8.x || 7.x")
                .add("series", "targets", "8.x", "from", "7.17.x || 8.x")
                .add("series", "targets", "9.0.x", "from", "8.18.x || 9.0.x")
                .add("series", "targets", ">=9.1", "from", "8.19.x || >=9.0.0");
    }

    private static String concrete(String version) {
        return switch (version) {
            case "7.17.x" -> "7.17.29";
            case "8.18.x" -> "8.18.0";
            case "8.19.x" -> "8.19.0";
            case "9.0.x" -> "9.0.0";
            case "9.1.x" -> "9.1.0";
            default -> version;
        };
    }

    @Test
    void elasticStopsDependOnTheTarget() {
        UpgradePlanner planner = elastic().planner();
        for (JsonNode row : GraphFiles.read("elastic.json").get("cases")) {
            PlanResult result =
                    Doc.plan(
                            planner,
                            concrete(row.get("from").asString()),
                            request -> request.to(Version.of(concrete(row.get("to").asString()))));
            if (row.has("expected_series")) {
                List<String> series =
                        Doc.path(result).stream()
                                .map(v -> v.substring(0, v.indexOf('.', v.indexOf('.') + 1)))
                                .toList();
                assertThat(series)
                        .as("%s -> %s", row, result)
                        .isEqualTo(strings(row.get("expected_series")));
            } else if (row.get("expected").isNull()) {
                assertThat(Doc.path(result)).as("%s", row).isEmpty();
            } else {
                assertThat(Doc.path(result))
                        .as("%s -> %s", row, result)
                        .isEqualTo(strings(row.get("expected")));
            }
        }
    }

    @Test
    void aTargetMustHaveBeenReleasedLater() {
        PlanResult result = elastic().plan("8.19.9", "9.2.0");

        assertThat(result.outcome()).isEqualTo("blocked");
        assertThat(Doc.kinds(result)).contains("released-earlier");
    }

    /// kubeadm: mandatory errors are blocks, skippable ones are risks.
    static Doc kubeadm() {
        return new Doc("semver")
                .with("floor", "1.3.0")
                .with("from", ">=0.0.0 ;pre-release=include")
                .add(
                        "series",
                        "targets",
                        ">=0.0.0 ;pre-release=include",
                        "from",
                        ">=0.0.0 ;pre-release=include",
                        "downgrade",
                        true)
                .add(
                        "blocked",
                        "when",
                        Doc.map("$origin", Doc.map("minors-behind", ">1")),
                        "message",
                        "one minor at a time")
                .add(
                        "blocked",
                        "when",
                        Doc.map("$origin", Doc.map("minors-behind", "<-1")),
                        "message",
                        "one minor back at most")
                .add(
                        "blocked",
                        "when",
                        Doc.map("kubeadm", Doc.map("minors-behind", ">=1")),
                        "message",
                        "kubeadm is older than the target")
                .add(
                        "conditions",
                        "risk",
                        "KubeadmPatch",
                        "when",
                        Doc.map("kubeadm", Doc.map("patches-behind", ">=1")),
                        "message",
                        "kubeadm's patch is older than the target")
                .add(
                        "conditions",
                        "risk",
                        "KubeadmNewer",
                        "when",
                        Doc.map("kubeadm", Doc.map("minors-behind", "<=-1")),
                        "message",
                        "kubeadm is newer than the target")
                .add(
                        "conditions",
                        "risk",
                        "KubeletSkew",
                        "when",
                        Doc.map("kubelet", Doc.map("minors-behind", ">1")),
                        "message",
                        "a kubelet is too old for the target")
                .add(
                        "conditions",
                        "risk",
                        "Experimental",
                        "when",
                        Doc.map(
                                "$target",
                                Doc.map("pre-release", List.of("alpha", "beta")),
                                "allow-experimental",
                                Doc.map("not", true)),
                        "message",
                        "the target is experimental")
                .add(
                        "conditions",
                        "risk",
                        "ReleaseCandidate",
                        "when",
                        Doc.map(
                                "$target",
                                Doc.map("pre-release", List.of("rc")),
                                "allow-experimental",
                                Doc.map("not", true),
                                "allow-rcs",
                                Doc.map("not", true)),
                        "message",
                        "the target is a release candidate");
    }

    @Test
    void kubeadmGradesWhatIsInTheWay() {
        for (JsonNode row : GraphFiles.read("kubeadm.json").get("cases")) {
            Doc doc = kubeadm().release(row.get(0).asString());
            if (!doc.has(row.get(3).asString())) {
                doc.release(row.get(3).asString());
            }
            PlanResult result =
                    doc.plan(
                            row.get(0).asString(),
                            request ->
                                    request.to(Version.of(row.get(3).asString()))
                                            .allowDowngrade(true)
                                            .fact("kubelet", row.get(1).asString())
                                            .fact("kubeadm", row.get(2).asString())
                                            .fact(
                                                    "allow-experimental",
                                                    "" + (row.get(4).asInt() == 1))
                                            .fact("allow-rcs", "" + (row.get(5).asInt() == 1)));
            List<String> kinds = Doc.kinds(result);
            assertThat(kinds.stream().filter("blocked"::equals))
                    .as("%s -> %s", row, result)
                    .hasSize(row.get(6).asInt());
            assertThat(kinds.stream().filter("risk"::equals))
                    .as("%s -> %s", row, result)
                    .hasSize(row.get(7).asInt());
            assertThat(kinds).hasSize(row.get(6).asInt() + row.get(7).asInt());
        }
    }

    @Test
    void talosTargetsNameTheirOrigins() {
        JsonNode file = GraphFiles.read("talos.json");
        Set<String> versions = new TreeSet<>();
        for (JsonNode row : file.get("cases")) {
            versions.add(row.get("host").asString());
            versions.add(row.get("target").asString());
        }
        Doc doc = new Doc("semver").with("from", "none");
        file.get("ranges_inferred_except_1.12")
                .forEachEntry((minor, bounds) ->
                        doc.add(
                                "series",
                                "targets",
                                "~" + minor + " ;pre-release=include",
                                "from",
                                ">=%s <%s ;pre-release=ignore"
                                        .formatted(
                                                bounds.get(0).asString(), bounds.get(1).asString()),
                                "downgrade",
                                true));
        versions.stream()
                .map(Version::of)
                .sorted(
                        Comparator.comparing(VersionScheme.SEMVER::key)
                                .thenComparing(Comparator.comparing(Version::text)))
                .forEach(version -> doc.release(version.text()));
        UpgradePlanner planner = doc.planner();
        for (JsonNode row : file.get("cases")) {
            PlanResult result =
                    Doc.plan(
                            planner,
                            row.get("host").asString(),
                            request ->
                                    request.to(Version.of(row.get("target").asString()))
                                            .allowDowngrade(true));
            boolean direct = Doc.path(result).equals(List.of(row.get("target").asString()));
            assertThat(direct)
                    .as("%s -> %s", row, result)
                    .isEqualTo(row.get("allowed").asBoolean());
        }
    }

    @Test
    void nebraskaFloorsLieBetweenTheHostAndTheTarget() {
        for (JsonNode row : GraphFiles.read("nebraska-floors.json").get("cases")) {
            Set<String> versions = new LinkedHashSet<>(strings(row.get("floors")));
            versions.add(row.get("target").asString());
            versions.add(row.get("from").asString());
            Doc doc = new Doc("semver").with("head", row.get("target").asString());
            versions.forEach(doc::release);
            strings(row.get("floors")).forEach(floor -> doc.set(floor, "required-stop", true));
            List<String> all =
                    Doc.versions(doc.plan(row.get("from").asString(), request -> request));
            // The peer answers with a limited number of floors, then the target.
            int limit = row.get("limit").asInt();
            List<String> limited = new ArrayList<>(all);
            while (limited.size() > limit + 1) {
                limited.remove(limited.size() - 2);
            }
            assertThat(limited).as("%s", row).isEqualTo(strings(row.get("expected_all")));
            assertThat(all.isEmpty() ? null : all.getFirst())
                    .isEqualTo(
                            row.get("expected_next").isNull()
                                    ? null
                                    : row.get("expected_next").asString());
        }
    }

    @Test
    void cockroachGoesOneSeriesPerHop() {
        JsonNode file = GraphFiles.read("cockroachdb.json");
        histories(file.get("test_data"), file.get("peer_test_cases"));
        histories(file.get("data"), file.get("cases"));
    }

    /// The peer asks for the last `k` releases a host at `to` came through. The planner is asked
    /// for the way from the oldest of them, and for no way if there are not as many series.
    private static void histories(JsonNode data, JsonNode cases) {
        for (JsonNode row : cases) {
            Doc doc = new Doc("semver");
            data.forEachEntry((_, entry) -> {
                if (entry.has("latest")) {
                    addSeries(doc, entry.get("latest").asString(), entry);
                }
            });
            String to = row.get("to").asString();
            if (doc.isWithdrawn(to)) {
                // The peer tests that very build, withdrawn or not; hosts are not led to it.
                assertThat(doc.plan("24.1.20", to).outcome()).isEqualTo("blocked");
                doc.reinstate(to);
            }
            if (!doc.has(to)) {
                doc.release(to);
            }
            doc.add("stops", "last-of-each", "minor");
            String series = to.substring(0, to.indexOf('.', to.indexOf('.') + 1));
            int depth = 0;
            String at = series;
            while (data.has(at) && data.get(at).has("predecessor")) {
                at = data.get(at).get("predecessor").asString();
                depth++;
            }
            int hops = row.get("k").asInt();
            if (row.get("expected_history").isNull()) {
                assertThat(hops > depth || !data.has(series)).as("%s", row).isTrue();
                continue;
            }
            List<String> expected = strings(row.get("expected_history"));
            List<String> way = new ArrayList<>(expected);
            way.add(to);
            assertThat(Doc.path(doc.plan(expected.getFirst(), to)))
                    .as("%s", row)
                    .isEqualTo(way.subList(1, way.size()));
            // the oldest of them is where a host of its series lands, too
            String first = expected.getFirst();
            String initial = first.substring(0, first.lastIndexOf('.')) + ".0";
            if (doc.has(initial) && !initial.equals(first)) {
                assertThat(Doc.path(doc.plan(initial, to))).as("%s", row).isEqualTo(way);
            }
        }
    }

    private static void addSeries(Doc doc, String latest, JsonNode entry) {
        Set<String> withdrawn =
                entry.has("withdrawn") ? Set.copyOf(strings(entry.get("withdrawn"))) : Set.of();
        if (latest.contains("-")) {
            doc.release(latest);
            return;
        }
        int dot = latest.lastIndexOf('.') + 1;
        for (int patch = 0; patch <= Integer.parseInt(latest.substring(dot)); patch++) {
            String version = latest.substring(0, dot) + patch;
            if (withdrawn.contains(version)) {
                doc.release(version, "withdrawn", "withdrawn");
            } else {
                doc.release(version);
            }
        }
    }
}
