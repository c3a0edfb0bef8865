package dev.belay.versys.plan;

import dev.belay.versys.version.Version;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/// Small random channels and requests in which every kind of rule meets every other.
final class RandomGraphs {
    private final Random random;
    private final List<String> versions = new ArrayList<>();

    RandomGraphs(long seed) {
        random = new Random(seed);
    }

    private boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    private String any() {
        return versions.get(random.nextInt(versions.size()));
    }

    private String range() {
        return switch (random.nextInt(6)) {
            case 0 -> ">=" + any();
            case 1 -> "<" + any();
            case 2 -> "<=" + any() + " || " + any();
            case 3 -> random.nextInt(3) + ".x";
            case 4 -> ">=" + random.nextInt(3) + "." + random.nextInt(3) + " ;pre-release=include";
            default -> "<" + any() + " ;pre-release=ignore";
        };
    }

    private List<String> some() {
        Set<String> some = new HashSet<>();
        for (int i = random.nextInt(3); i >= 0; i--) {
            some.add(any());
        }
        return List.copyOf(some);
    }

    Doc channel() {
        Set<String> names = new HashSet<>();
        int count = 3 + random.nextInt(5);
        while (names.size() < count) {
            names.add(
                    random.nextInt(3)
                            + "."
                            + random.nextInt(3)
                            + "."
                            + random.nextInt(2)
                            + (chance(20) ? "-rc." + random.nextInt(2) : "")
                            + (chance(5) ? "+b" : ""));
        }
        versions.addAll(names.stream().sorted().toList());
        Collections.shuffle(versions, random);
        Doc doc = new Doc("semver");
        versions.forEach(version -> release(doc, version));
        rules(doc);
        return doc;
    }

    private void release(Doc doc, String version) {
        doc.release(version, "date", "2026-01-0" + (1 + random.nextInt(9)) + "T00:00:00Z");
        if (chance(30)) {
            doc.set(version, "from", chance(30) ? "none" : chance(30) ? "older" : range());
        }
        if (chance(10)) {
            doc.set(version, "to", range());
        }
        if (chance(25)) {
            doc.set(version, "previous", some());
        }
        if (chance(15)) {
            doc.set(version, "next", some());
        }
        if (chance(20)) {
            doc.set(version, "downgrade", true);
        }
        if (chance(10)) {
            doc.set(version, "withdrawn", "w");
        }
        if (chance(5)) {
            doc.set(version, "dead-end", "d");
        }
        if (chance(15)) {
            doc.set(version, "rollout", Doc.map("from", random.nextInt(11) / 10.0));
        }
        if (chance(10)) {
            doc.set(version, "requires", Doc.map("java", ">=" + random.nextInt(3)));
        }
        if (chance(15)) {
            doc.set(
                    version,
                    "required-stop",
                    chance(40) ? Doc.map("from", range()) : (Object) true);
        }
        if (chance(15)) {
            doc.set(
                    version,
                    "conditions",
                    List.of(
                            Doc.map(
                                    "risk",
                                    "R" + random.nextInt(2),
                                    "from",
                                    range(),
                                    "when",
                                    Doc.map("db", "mysql"),
                                    "message",
                                    "m")));
        }
        if (chance(30)) {
            Map<String, Object> platforms = Doc.map();
            for (String platform : chance(50) ? List.of("linux", "mac") : List.of("linux")) {
                platforms.put(platform, Doc.map("path", "p", "length", random.nextInt(9)));
            }
            doc.set(version, "platforms", platforms);
        }
        if (chance(30)) {
            doc.set(version, "downtime", random.nextInt(200) + "s");
        }
    }

    private void rules(Doc doc) {
        if (chance(25)) {
            doc.with("from", chance(50) ? "none" : range());
        }
        if (chance(10)) {
            doc.with("released-later", true);
        }
        if (chance(10)) {
            doc.with("head", any());
        }
        if (chance(5)) {
            doc.with("floor", any());
        }
        for (int i = chance(15) ? 1 + random.nextInt(3) : 0; i > 0; i--) {
            doc.add("offers", offer());
        }
        if (chance(20)) {
            doc.add("unlisted", "versions", random.nextInt(3) + ".x");
        }
        if (chance(10)) {
            doc.add("unlisted", "versions", "*", "to", range());
        }
        for (int i = random.nextInt(3); i > 0; i--) {
            switch (random.nextInt(7)) {
                case 0 -> doc.add("stops", "last-in", random.nextInt(3) + "." + random.nextInt(3));
                case 1 -> doc.add("stops", "last-of-each", "major", "within", range());
                case 2 ->
                        doc.add(
                                "stops",
                                "last-of-each",
                                "minor",
                                "numbers",
                                List.of(random.nextInt(3)),
                                "targets",
                                range());
                case 3 ->
                        doc.add(
                                "series",
                                "targets",
                                chance(50) ? any() : range(),
                                "from",
                                range(),
                                "downgrade",
                                chance(50));
                case 4 -> doc.add("series", "origins", chance(50) ? any() : range(), "to", range());
                case 5 -> doc.add("blocked", "target", any(), "from", range(), "message", "b");
                default ->
                        doc.add(
                                "conditions",
                                "risk",
                                "R0",
                                "targets",
                                range(),
                                "origins",
                                some(),
                                "platforms",
                                List.of("mac"),
                                "message",
                                "c");
            }
        }
        if (chance(30)) {
            doc.add("stops", "last-in", "1.x", "from", range(), "when", Doc.map("big", chance(50)));
        }
        if (chance(15)) {
            doc.add(
                    "rollouts",
                    "targets",
                    range(),
                    "from",
                    range(),
                    "rollout",
                    Doc.map("from", random.nextInt(11) / 10.0));
        }
        if (chance(25)) {
            doc.add("stops", "version", any(), "when", behind());
            if (chance(60)) {
                doc.set(Collections.max(versions), "from", "none");
            }
        }
    }

    private Object[] offer() {
        List<Object> offer = new ArrayList<>(List.of("head", any()));
        if (chance(40)) {
            offer.addAll(List.of("from", range()));
        }
        if (chance(30)) {
            offer.addAll(List.of("origins", some()));
        }
        if (chance(40)) {
            offer.addAll(List.of("platforms", List.of(chance(50) ? "linux" : "mac")));
        }
        if (chance(40)) {
            offer.addAll(List.of("when", Doc.map("java", ">=" + random.nextInt(3))));
        }
        return offer.toArray();
    }

    private Map<String, Object> behind() {
        Map<String, Object> test =
                Doc.map(
                        chance(50) ? "majors-behind" : "minors-behind",
                        List.of("=", ">", "<=").get(random.nextInt(3)) + random.nextInt(2));
        return Doc.map(chance(60) ? "$origin" : "java", chance(20) ? Doc.map("not", test) : test);
    }

    private String installed() {
        return chance(8) ? random.nextInt(3) + "." + random.nextInt(3) + ".9" : any();
    }

    PlanRequest request() {
        PlanRequest.Builder request =
                PlanRequest.builder(Version.of(installed()), Doc.NOW)
                        .wariness(random.nextInt(11) / 10.0)
                        .allowDowngrade(chance(35))
                        .policy(PlanPolicy.values()[random.nextInt(PlanPolicy.values().length)]);
        if (chance(60)) {
            request.to(Version.of(any()));
        }
        if (chance(50)) {
            request.platform(chance(70) ? "linux" : "mac");
        }
        if (chance(50)) {
            request.fact("java", "" + random.nextInt(3))
                    .fact("db", chance(50) ? "mysql" : "postgresql");
        }
        if (chance(50)) {
            request.fact("big", "" + chance(50));
        }
        if (chance(30)) {
            request.acceptRisk("R0");
        }
        if (chance(20)) {
            request.reject(Version.of(any()));
        }
        if (chance(15)) {
            request.pin(random.nextInt(3) + ".x");
        }
        return request.build();
    }
}
