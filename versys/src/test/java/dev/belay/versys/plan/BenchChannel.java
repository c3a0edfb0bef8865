package dev.belay.versys.plan;

import dev.belay.versys.version.Version;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/// A channel with releases of every kind, and hosts that ask about it, for measuring.
///
/// @param bundles whether every release has two; otherwise notes of a line
record BenchChannel(int releases, boolean bundles) {
    private static final int REQUESTS = 1_000;

    /// How many releases before it a release accepts, at most.
    static final int WINDOW = 100;

    private List<String> versions() {
        List<String> versions = new ArrayList<>();
        for (int i = 0; versions.size() < releases; i++) {
            int patch = i % 20;
            int minor = i / 20 % 25;
            int major = i / 500 + 1;
            String version = major + "." + minor + "." + patch;
            if (i % 23 == 22) {
                versions.add(version + "-rc.1");
            }
            if (versions.size() < releases) {
                versions.add(version);
            }
        }
        return versions;
    }

    /// Windows of origins, stops of every kind, blocks, risks, requirements, platforms, rollouts,
    /// withdrawn releases and dead ends.
    Doc document() {
        Random random = new Random(4);
        List<String> versions = versions();
        Doc doc = new Doc("semver").with("from", "none");
        doc.add("stops", "last-of-each", "major", "message", "finish the migrations first");
        doc.add("stops", "last-of-each", "minor", "within", ">=10.0.0", "numbers", List.of(8, 16));
        doc.add("stops", "last-in", "15.3", "when", Doc.map("big", true));
        doc.add("blocked", "targets", "7.3.x", "from", "<7.1.0", "message", "loses data");
        doc.add(
                "conditions",
                "risk",
                "Slow",
                "targets",
                "12.x",
                "when",
                Doc.map("db", "mysql"),
                "message",
                "takes hours");
        for (int i = 0; i < versions.size(); i++) {
            String version = versions.get(i);
            String oldest = versions.get(Math.max(0, i - WINDOW + random.nextInt(WINDOW / 2)));
            doc.release(
                    version,
                    "date",
                    Doc.NOW.minusSeconds((releases - i) * 3600L).toString(),
                    "from",
                    ">=" + oldest + " <" + version + (i % 3 == 0 ? " ;pre-release=include" : ""));
            if (bundles) {
                doc.set(
                        version,
                        "platforms",
                        Doc.map(
                                "linux-amd64",
                                bundle(version, "linux-amd64", 40_000_000 + i, 90_000_000),
                                "linux-arm64",
                                bundle(version, "linux-arm64", 39_000_000 + i, 88_000_000)));
            } else {
                doc.set(version, "notes", "shop.example/n/" + version);
            }
            switch (random.nextInt(60)) {
                case 0 -> doc.set(version, "withdrawn", "broken");
                case 1 -> doc.set(version, "dead-end", "reinstall");
                case 2 ->
                        doc.set(
                                version,
                                "required-stop",
                                Doc.map("from", "<" + (i / 500) + ".0.0"));
                case 3 -> doc.set(version, "requires", Doc.map("java", ">=17"));
                case 4 ->
                        doc.set(
                                version,
                                "conditions",
                                List.of(
                                        Doc.map(
                                                "risk",
                                                "R" + i % 7,
                                                "when",
                                                Doc.map("db", "mysql"),
                                                "message",
                                                "m")));
                case 5 ->
                        doc.set(version, "previous", List.of(versions.get(random.nextInt(i + 1))));
                default -> {}
            }
            if (i > releases - 4) {
                doc.set(
                        version,
                        "rollout",
                        Doc.map(
                                "start",
                                Doc.NOW.minusSeconds(3600).toString(),
                                "duration",
                                "48h",
                                "from",
                                0.1));
            }
        }
        return doc;
    }

    private static Map<String, Object> bundle(
            String version, String platform, int length, int unpacked) {
        String path = "shop/releases/" + version + "/shop-" + version + "-" + platform + ".tgz";
        return Doc.map("path", path, "length", length, "unpacked", unpacked);
    }

    List<PlanRequest> requests(boolean plain) {
        Random random = new Random(5);
        List<String> versions = versions();
        List<PlanRequest> requests = new ArrayList<>();
        while (requests.size() < REQUESTS) {
            int from = random.nextInt(releases);
            PlanRequest.Builder request =
                    PlanRequest.builder(Version.of(versions.get(from)), Doc.NOW)
                            .platform("linux-amd64")
                            .fact("java", "21")
                            .fact("db", "postgresql")
                            .fact("big", "false");
            if (plain || random.nextInt(3) == 0) {
                request.to(Version.of(versions.get(from + random.nextInt(releases - from))));
            }
            if (!plain) {
                request.wariness(random.nextDouble())
                        .fact("db", random.nextBoolean() ? "mysql" : "postgresql")
                        .fact("big", "" + random.nextBoolean())
                        .policy(PlanPolicy.values()[random.nextInt(PlanPolicy.values().length)]);
                if (random.nextInt(4) == 0) {
                    request.acceptRisk("Slow").acceptRisk("R1");
                }
                if (random.nextInt(10) == 0) {
                    request.reject(Version.of(versions.get(random.nextInt(releases))));
                }
                if (random.nextInt(10) == 0) {
                    request.pin((1 + random.nextInt(20)) + ".x");
                }
            }
            requests.add(request.build());
        }
        return requests;
    }
}
