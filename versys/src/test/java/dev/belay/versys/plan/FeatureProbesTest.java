package dev.belay.versys.plan;

import static dev.belay.versys.plan.Probes.expected;
import static dev.belay.versys.plan.Probes.first;
import static dev.belay.versys.plan.Probes.probe;
import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.versys.version.Version;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// The probes of `feature-probes.json` in their order; those about stops are in [StopProbesTest].
class FeatureProbesTest {
    @Test
    void f01NumbersThatAreNotSemver() {
        Doc doc = new Doc("numeric").with("from", "none");
        probe(1).at("/input/versions").forEach(version -> doc.release(version.asString()));
        doc.set("32.20200601.1.1", "from", "older", "rollout", Doc.map("from", 1.0));

        assertThat(Doc.path(doc.plan(probe(1).at("/input/from").asString(), request -> request)))
                .isEqualTo(expected(1));
    }

    @Test
    void f02OpaqueNamesInACircleWithDowngrades() {
        Doc doc = Doc.opaque("newt", "toad", "frog", "olm").with("from", "none");
        doc.set("newt", "previous", List.of("frog"));
        doc.set("toad", "previous", List.of("newt", "olm"));
        doc.set("frog", "previous", List.of("toad"));
        doc.set("olm", "previous", List.of("frog"));

        assertThat(
                        Doc.path(
                                doc.plan(
                                        "olm",
                                        request ->
                                                request.to(Version.of("newt"))
                                                        .allowDowngrade(true))))
                .containsExactly("toad", "frog", "newt");
        assertThat(doc.plan("olm", "newt").outcome()).isEqualTo("blocked");
        assertThat(Doc.kinds(doc.plan("olm", "newt"))).containsExactly("downgrade");
    }

    @Test
    void f03EdgesAddedLaterAroundABlockedRelease() {
        Doc doc = Doc.semver("1.0.0", "1.1.0", "1.2.0", "1.3.0").with("from", "none");
        Map<String, List<String>> previous = new HashMap<>();
        probe(3).at("/input/edges")
                .forEach(edge ->
                        previous.computeIfAbsent(edge.get(1).asString(), _ -> new ArrayList<>())
                                .add(edge.get(0).asString()));
        previous.forEach((version, origins) -> doc.set(version, "previous", origins));
        doc.release("1.1.1", "previous", List.of("1.0.0"), "next", List.of("1.2.0"));
        doc.add("blocked", "target", "1.1.0", "message", "loses data");

        assertThat(Doc.path(doc.plan("1.0.0", "1.2.0"))).isEqualTo(expected(3));
        assertThat(Doc.path(doc.plan("1.1.0", "1.2.0"))).containsExactly("1.2.0");
    }

    @Test
    void f04BlocksByAPatternOverTheOriginWithBuildMetadata() {
        JsonNode input = probe(4).get("input");
        List<Boolean> blocked = new ArrayList<>();
        for (JsonNode from : input.get("edge_from")) {
            Doc doc = Doc.semver(from.asString());
            doc.release(input.get("to").asString(), "from", ">=4.9.0", "downgrade", true)
                    .add(
                            "blocked",
                            "target",
                            input.get("to").asString(),
                            "pattern",
                            input.get("from_regex").asString(),
                            "message",
                            "broken");
            PlanResult result =
                    doc.plan(from.asString(), r -> r.to(Version.of("4.10.4")).allowDowngrade(true));
            blocked.add(Doc.kinds(result).contains("blocked"));
        }

        assertThat(blocked).containsExactly(true, false, false);
    }

    @Test
    void f05EveryRiskOfAnEdgeMustBeAccepted() {
        Doc doc = OpenShiftTest.convert(GraphFiles.read(probe(5).at("/input/file").asString()));
        UpgradePlanner planner = doc.planner();
        List<String> all =
                List.of(
                        "AuthOAuthProxyLeakedConnections",
                        "VSphereHW14CrossNodeNetworkingError",
                        "VSphereNodeNameChanges");
        for (int accepted = 0; accepted <= all.size(); accepted++) {
            List<String> names = all.subList(0, accepted);
            PlanResult result =
                    Doc.plan(
                            planner,
                            "4.6.15",
                            request -> {
                                names.forEach(request::acceptRisk);
                                return request.to(Version.of("4.7.4"));
                            });
            boolean direct = Doc.path(result).equals(List.of("4.7.4"));
            assertThat(direct).isEqualTo(accepted == all.size());
            if (direct) {
                assertThat(result.hops().getFirst().risks()).isEqualTo(all);
            }
        }
    }

    @Test
    void f06BuildMetadataIsPartOfTheIdentity() {
        Doc doc = Doc.semver("4.3.28", "4.3.29+amd64", "4.3.29+s390x");
        doc.add("blocked", "target", probe(6).at("/input/version").asString(), "message", "broken");

        assertThat(doc.plan("4.3.28", "4.3.29+s390x").outcome()).isEqualTo("blocked");
        assertThat(Doc.path(doc.plan("4.3.28", "4.3.29+amd64"))).containsExactly("4.3.29+amd64");
    }

    @Test
    void f09ADeadEndIsNotUpToDate() {
        Doc doc = Doc.numeric(probe(9).at("/input/release").asString(), "31.20200108.3.0");
        doc.set("30.20190716.1", "dead-end", "reinstall from new media");
        PlanResult result = doc.plan("30.20190716.1", request -> request);

        assertThat(Doc.versions(result)).isEqualTo(expected(9));
        assertThat(result.outcome()).isEqualTo("dead-end");
        assertThat(result.reasons().getFirst().message()).contains("reinstall from new media");
    }

    @Test
    void f10RolloutsAreAFunctionOfTimeAndWariness() {
        JsonNode input = probe(10).get("input");
        Doc doc = Doc.semver("1.0.0", "1.1.0");
        doc.set(
                "1.1.0",
                "rollout",
                Doc.map(
                        "start",
                                Instant.ofEpochSecond(input.get("start_epoch").asLong()).toString(),
                        "duration", input.get("duration_minutes").asInt() + "m",
                        "from", input.get("start").asDouble()));
        UpgradePlanner planner = doc.planner();
        Instant now = Instant.ofEpochSecond(input.get("now").asLong());
        List<Boolean> open = new ArrayList<>();
        for (JsonNode wariness : input.get("wariness")) {
            open.add(
                    planner.plan(
                                    PlanRequest.builder(Version.of("1.0.0"), now)
                                            .wariness(wariness.asDouble())
                                            .build())
                            instanceof PlanResult.UpgradePath);
        }

        assertThat(open).containsExactly(true, false);
    }

    @Test
    void f11AClosedRolloutFallsBackToAnOpenOne() {
        Doc doc = Doc.numeric("50.0.2", "50.1.0", "51.0.1");
        doc.set("51.0.1", "rollout", Doc.map("from", 0.25));
        UpgradePlanner planner = doc.planner();
        List<String> offered = new ArrayList<>();
        for (JsonNode roll : probe(11).at("/input/roll")) {
            // The peer's rolls 0 to 24 are the first 25 %.
            double wariness = (roll.asInt() + 1) / 100.0;
            offered.add(first(Doc.plan(planner, "50.0.2", r -> r.wariness(wariness))));
        }

        assertThat(offered).isEqualTo(expected(11));
    }

    @Test
    void f17ATargetMustBeReleasedLater() {
        assertThat(Doc.path(SmallGraphsTest.elastic().plan("8.19.9", "9.2.0"))).isEmpty();
        assertThat(probe(17).get("expected").isNull()).isTrue();
    }

    @Test
    void f18TheTagOfAnOriginIsIgnored() {
        JsonNode input = probe(18).get("input");
        Doc doc = new Doc("semver").with("from", "none");
        List<String> hosts = new ArrayList<>();
        input.get("hosts").forEach(host -> hosts.add(host.asString()));
        hosts.forEach(doc::release);
        doc.release("1.12.0", "from", ">=1.10.0 <1.14.0 ;pre-release=ignore", "downgrade", true);
        List<Boolean> allowed =
                hosts.stream()
                        .map(host ->
                                doc.plan(host, r -> r.to(Version.of("1.12.0")).allowDowngrade(true))
                                        instanceof PlanResult.UpgradePath)
                        .toList();

        assertThat(allowed).containsExactly(true, true, false, true, false);
    }

    @Test
    void f19AReleaseRequiresSomethingOfTheHost() {
        Doc doc = Doc.numeric("33.0.8.2", "34.0.3.2");
        doc.set("34.0.3.2", "requires", Doc.map("php", ">=8.2"));

        assertThat(first(doc.plan("33.0.8.2", r -> r.fact("php", "8.2.0")))).isEqualTo("34.0.3.2");
        PlanResult tooOld = doc.plan("33.0.8.2", r -> r.fact("php", "8.1.0"));
        assertThat(tooOld.outcome()).isEqualTo("blocked");
        assertThat(tooOld.reasons().getFirst().message()).contains("php >=8.2", "8.1.0");
        assertThat(doc.plan("33.0.8.2", r -> r).outcome()).isEqualTo("blocked");
    }

    @Test
    void f20TheMostSpecificRuleWins() {
        Doc doc = Doc.numeric("33.0.0", "33.0.8.2", "34.0.3.2");
        doc.add("series", "origins", "33.0.x", "to", "33.0.8.2")
                .add("series", "origins", "33.0.8.2", "to", "34.0.3.2");
        List<String> offered = new ArrayList<>();
        probe(20)
                .at("/input/from")
                .forEach(from -> offered.add(first(doc.plan(from.asString(), r -> r))));

        assertThat(offered).isEqualTo(expected(20));

        Doc stops =
                Doc.numeric("33.0.0", "33.0.8.2", "34.0.3.2").add("stops", "last-of-each", "major");
        assertThat(Doc.path(stops.plan("33.0.0", r -> r))).isEqualTo(expected(20));
    }

    @Test
    void f21BucketsUpToTheBoundAreOpen() {
        JsonNode input = probe(21).get("input");
        Doc doc = Doc.semver("1.0.0", "1.1.0");
        doc.set("1.1.0", "rollout", Doc.map("from", input.get("deploy").asInt() / 100.0));
        UpgradePlanner planner = doc.planner();
        List<Boolean> open = new ArrayList<>();
        input.get("bucket")
                .forEach(bucket ->
                        open.add(
                                Doc.plan(planner, "1.0.0", r -> r.wariness(bucket.asInt() / 100.0))
                                        instanceof PlanResult.UpgradePath));

        assertThat(open).containsExactly(true, true, false, false);
    }

    @Test
    void f22ChannelsInherit() {
        Doc doc =
                new Doc("semver")
                        .with(
                                "channels",
                                Doc.map("stable", Map.of(), "beta", Doc.map("inherits", "stable")));
        doc.release("1.0.0").release("1.1.0", "channels", List.of("stable"));
        String stable = first(doc.plan("1.0.0", r -> r.channel("stable")));

        assertThat(first(doc.plan("1.0.0", r -> r.channel("beta")))).isEqualTo(stable);
        doc.release("1.2.0-rc.1", "channels", List.of("beta"));
        assertThat(first(doc.plan("1.0.0", r -> r.channel("beta")))).isEqualTo("1.2.0-rc.1");
        assertThat(first(doc.plan("1.0.0", r -> r.channel("stable")))).isEqualTo("1.1.0");
    }

    @Test
    void f23TheStateHasASecondComponent() {
        JsonNode input = probe(23).get("input");
        PlanResult result =
                SmallGraphsTest.kubeadm()
                        .release(input.get("cluster").asString())
                        .plan(
                                input.get("cluster").asString(),
                                r ->
                                        r.to(Version.of(input.get("target").asString()))
                                                .fact("kubelet", input.get("kubelet").asString())
                                                .fact("kubeadm", "1.12.0"));

        assertThat(Doc.kinds(result)).containsExactly("risk");
        assertThat(result.reasons().getFirst().message()).contains("KubeletSkew");
    }

    @Test
    void f24WithdrawnReleasesAreOriginsOnly() {
        Doc doc = Doc.semver("21.2.17", "22.1.12", "22.1.13", "22.2.0");
        doc.set("22.1.13", "withdrawn", "corrupts backups").add("stops", "last-of-each", "minor");

        assertThat(Doc.path(doc.plan("21.2.17", "22.2.0")).getFirst())
                .isEqualTo(probe(24).get("expected").asString());
        assertThat(Doc.path(doc.plan("22.1.13", "22.2.0"))).containsExactly("22.2.0");
        assertThat(doc.plan("21.2.17", "22.1.13").outcome()).isEqualTo("blocked");
    }

    @Test
    void f25APinIsACeilingAfterStops() {
        Doc doc = Doc.numeric("1.0", "2.3", "3.0");
        doc.set("3.0", "required-stop", true);
        List<String> offered = new ArrayList<>();
        for (JsonNode pin : probe(25).at("/input/pin")) {
            offered.add(
                    first(doc.plan("1.0", r -> pin.isNull() ? r : r.pin(pin.asString() + "x"))));
        }

        assertThat(offered).isEqualTo(expected(25));
        doc.release("5.1").release("6.0");
        assertThat(Doc.path(doc.plan("1.0", r -> r.pin("5.x")))).containsExactly("3.0", "5.1");
        assertThat(doc.plan("5.1", r -> r.pin("5.x")).outcome()).isEqualTo("held");
    }

    @Test
    void f29AnUnknownVersionIsNotUpToDate() {
        assertThat(Doc.semver("1.0.0").plan("0.9.0", r -> r).outcome())
                .isEqualTo("unknown-version");
        assertThat(Doc.semver("1.0.0").plan("1.0.0", "1.1.0").outcome())
                .isEqualTo("unknown-version");
        assertThat(Doc.semver("1.0.0").plan("1.0.0", r -> r).outcome()).isEqualTo("up-to-date");
    }

    @Test
    void f30NoPathIsNotABlockedPath() {
        Doc doc = Doc.opaque("newt", "toad", "frog", "olm").with("from", "none");
        doc.set("toad", "previous", List.of("newt", "frog"));
        doc.set("frog", "previous", List.of("toad"));

        assertThat(doc.plan("newt", "olm").outcome()).isEqualTo("no-path");
        doc.set("olm", "previous", List.of("frog"));
        doc.add("blocked", "target", "olm", "message", "bites");
        assertThat(doc.plan("newt", "olm").outcome()).isEqualTo("blocked");
        assertThat(Doc.versions(doc.plan("newt", "olm"))).containsExactly("toad", "frog");
    }
}
