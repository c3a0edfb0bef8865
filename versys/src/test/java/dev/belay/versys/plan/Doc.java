package dev.belay.versys.plan;

import dev.belay.versys.graph.Channel;
import dev.belay.versys.version.Version;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import tools.jackson.databind.json.JsonMapper;

/// Writes channel documents for tests, as a vendor would, and asks the planner about them.
final class Doc {
    static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");
    private final Map<String, Object> fields = new LinkedHashMap<>();
    private final List<Map<String, Object>> releases = new ArrayList<>();

    Doc(String scheme) {
        fields.put("format", 1);
        fields.put("product", "shop");
        fields.put("channel", "stable");
        fields.put("scheme", scheme);
    }

    static Doc semver(String... versions) {
        return new Doc("semver").releases(versions);
    }

    static Doc opaque(String... versions) {
        return new Doc("opaque").releases(versions);
    }

    static Doc numeric(String... versions) {
        return new Doc("numeric").releases(versions);
    }

    Doc with(String field, Object value) {
        fields.put(field, value);
        return this;
    }

    @SuppressWarnings("unchecked")
    Doc add(String list, Object... keysAndValues) {
        ((List<Object>) fields.computeIfAbsent(list, _ -> new ArrayList<>()))
                .add(map(keysAndValues));
        return this;
    }

    Doc releases(String... versions) {
        for (String version : versions) {
            release(version);
        }
        return this;
    }

    Doc release(String version, Object... keysAndValues) {
        Map<String, Object> release = new LinkedHashMap<>();
        release.put("version", version);
        release.putAll(map(keysAndValues));
        releases.add(release);
        return this;
    }

    /// Adds fields to a release that is there already.
    Doc set(String version, Object... keysAndValues) {
        releases.reversed().stream()
                .filter(release -> release.get("version").equals(version))
                .findFirst()
                .orElseThrow()
                .putAll(map(keysAndValues));
        return this;
    }

    boolean has(String version) {
        return releases.stream().anyMatch(release -> release.get("version").equals(version));
    }

    boolean isWithdrawn(String version) {
        return releases.stream()
                .anyMatch(release ->
                        release.get("version").equals(version) && release.containsKey("withdrawn"));
    }

    void reinstate(String version) {
        releases.stream()
                .filter(release -> release.get("version").equals(version))
                .forEach(release -> release.remove("withdrawn"));
    }

    static Map<String, Object> map(Object... keysAndValues) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            map.put((String) keysAndValues[i], keysAndValues[i + 1]);
        }
        return map;
    }

    byte[] json() {
        Map<String, Object> document = new LinkedHashMap<>(fields);
        document.put("releases", releases);
        return JsonMapper.shared().writeValueAsBytes(document);
    }

    /// The channel; written and read once more, so that every test also tests the writer.
    Channel channel() {
        Channel channel = Channel.parse(json());
        Channel again = Channel.parse(channel.toJson());
        if (!again.equals(channel)) {
            throw new AssertionError("what was written is read as another channel");
        }
        return again;
    }

    UpgradePlanner planner() {
        return new UpgradePlanner(channel());
    }

    PlanResult plan(String from, UnaryOperator<PlanRequest.Builder> request) {
        return plan(planner(), from, request);
    }

    PlanResult plan(String from, String to) {
        return plan(from, request -> request.to(Version.of(to)));
    }

    static PlanResult plan(
            UpgradePlanner planner, String from, UnaryOperator<PlanRequest.Builder> request) {
        return planner.plan(request.apply(PlanRequest.builder(Version.of(from), NOW)).build());
    }

    static List<String> versions(PlanResult result) {
        return result.hops().stream().map(hop -> hop.version().text()).toList();
    }

    /// The hops of a complete path; none for any other answer.
    static List<String> path(PlanResult result) {
        return result instanceof PlanResult.UpgradePath ? versions(result) : List.of();
    }

    static List<String> kinds(PlanResult result) {
        return result.reasons().stream().map(Reason::kind).toList();
    }
}
