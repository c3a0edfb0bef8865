package dev.belay.versys.plan;

import dev.belay.versys.graph.Channel;
import dev.belay.versys.version.Version;
import java.lang.management.ManagementFactory;
import java.lang.ref.Reference;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.Supplier;
import java.util.zip.GZIPOutputStream;
import org.jgrapht.Graph;
import org.jgrapht.GraphPath;
import org.jgrapht.alg.shortestpath.DijkstraShortestPath;
import org.jgrapht.graph.DefaultEdge;
import org.jgrapht.graph.SimpleDirectedGraph;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Measures the planner on releases with mixed rules and 1,000 random requests, and compares it
/// with Dijkstra over the materialised graph: `PlannerBench [RELEASES]`, 10,000 unless told
/// otherwise. Times are CPU time of the one thread. Run by `scripts/bench-planner.sh`; prints a
/// table and ends with 1 if an answer differs or a bar is missed.
///
/// Bars are ratios to something that this run measures too, because machines differ: planning to
/// JGraphT's Dijkstra, loading to reading the same document as plain JSON. They hold for a run of
/// full size; the figures of a smaller one are too small to be compared.
public final class PlannerBench {
    private static final int FULL = 10_000;
    private static final int REQUESTS = 1_000;
    private static final int COMPARED = 50;
    private static final int WARM_UP = 12;

    /// Each request counts with its best of so many rounds: the machine's caches and clock are
    /// shared, so one run says more about the neighbours than about the planner.
    private static final int ROUNDS = 5;

    private static final double PLAN_BAR = 1.0 / 12;
    private static final double LOADING_BAR = 16;
    private static final double HEAP_BAR = 1.5;

    /// How many releases before it a release accepts, at most.
    private static final int WINDOW = 100;

    private static int releases;
    private static boolean failed;

    private PlannerBench() {}

    public static void main(String... args) throws Exception {
        releases = args.length > 0 ? Integer.parseInt(args[0]) : FULL;
        byte[] json = document().json();
        row("document", json.length / 1e6, "MB", "gzip " + gzip(json) / 1000 + " kB");
        List<Double> loads = new ArrayList<>();
        List<Double> plainLoads = new ArrayList<>();
        UpgradePlanner planner = new UpgradePlanner(Channel.parse(json));
        for (int i = 0; i < 15; i++) {
            long start = cpuNanos();
            planner = new UpgradePlanner(Channel.parse(json));
            long loaded = cpuNanos();
            loads.add((loaded - start) / 1e6);
            plain(json);
            plainLoads.add((cpuNanos() - loaded) / 1e6);
        }
        row("loading, first of 15", loads.getFirst(), "ms", "in a program that has just started");
        row("loading, median", median(loads), "ms", "parse, check and index");
        row("plain JSON, median", median(plainLoads), "ms", "the same document as a tree");
        bar("loading / plain JSON", median(loads) / median(plainLoads), LOADING_BAR);
        double planned = heap(() -> planned(json));
        double tree = heap(() -> plain(json));
        row("heap", planned, "MiB", "live after loading and planning");
        row("heap of the plain JSON", tree, "MiB", "");
        bar("heap / heap of the plain JSON", planned / tree, HEAP_BAR);
        List<PlanRequest> requests = requests(false);
        for (int round = 0; round < WARM_UP; round++) {
            for (PlanRequest request : requests) {
                planner.plan(request);
            }
        }
        double p99 = times(planner, requests);
        double dijkstra = compare(Channel.parse(json));
        bar("plan, p99 / JGraphT Dijkstra, mean", p99 / dijkstra, PLAN_BAR);
        System.exit(failed ? 1 : 0);
    }

    private static void row(String what, double value, String unit, String note) {
        System.out.printf(Locale.ROOT, "%-34s %10.3f %-4s %s%n", what, value, unit, note);
    }

    private static void bar(String what, double ratio, double bar) {
        boolean small = releases < FULL;
        boolean missed = !small && ratio > bar;
        failed |= missed;
        String word = small ? "not judged at this size, bar" : missed ? "MISSED, bar" : "bar";
        row(what, ratio, "", String.format(Locale.ROOT, "%s %.3f", word, bar));
    }

    private static JsonNode plain(byte[] json) {
        return JsonMapper.shared().readTree(json);
    }

    private static UpgradePlanner planned(byte[] json) {
        UpgradePlanner planner = new UpgradePlanner(Channel.parse(json));
        planner.plan(requests(false).getFirst());
        return planner;
    }

    /// Time this thread computed. Other load on the machine does not count.
    private static long cpuNanos() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }

    private static long gzip(byte[] bytes) throws Exception {
        var out = new java.io.ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(out)) {
            zip.write(bytes);
        }
        return out.size();
    }

    /// What something that was made keeps alive, in MiB.
    private static double heap(Supplier<Object> making) {
        long before = used();
        Object made = making.get();
        double mib = (used() - before) / 1048576.0;
        Reference.reachabilityFence(made);
        return mib;
    }

    private static long used() {
        System.gc();
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    /// Returns the p99, in ms.
    private static double times(UpgradePlanner planner, List<PlanRequest> requests) {
        double[] micros = new double[requests.size()];
        Arrays.fill(micros, Double.MAX_VALUE);
        for (int round = 0; round < ROUNDS; round++) {
            for (int i = 0; i < micros.length; i++) {
                long start = cpuNanos();
                planner.plan(requests.get(i));
                micros[i] = Math.min(micros[i], (cpuNanos() - start) / 1e3);
            }
        }
        int paths = 0;
        int hops = 0;
        for (PlanRequest request : requests) {
            PlanResult result = planner.plan(request);
            if (result instanceof PlanResult.UpgradePath) {
                paths++;
                hops += result.hops().size();
            }
        }
        for (PlanPolicy policy : PlanPolicy.values()) {
            double[] some =
                    java.util.stream.IntStream.range(0, micros.length)
                            .filter(i -> requests.get(i).policy() == policy)
                            .mapToDouble(i -> micros[i] / 1000)
                            .sorted()
                            .toArray();
            row("plan, p99 of " + policy.label(), some[some.length * 99 / 100], "ms", "");
        }
        Arrays.sort(micros);
        String note =
                paths
                        + " of "
                        + requests.size()
                        + " paths, "
                        + hops / Math.max(paths, 1)
                        + " hops each";
        row("plan, p50", micros[micros.length / 2] / 1000, "ms", note);
        double p99 = micros[micros.length * 99 / 100] / 1000;
        row("plan, p99", p99, "ms", "of requests, each the best of " + ROUNDS);
        row("plan, slowest", micros[micros.length - 1] / 1000, "ms", "");
        return p99;
    }

    private static List<String> versions() {
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
    private static Doc document() {
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
                    "platforms",
                    Doc.map(
                            "linux-amd64",
                                    Doc.map(
                                            "path",
                                            path(version, "linux-amd64"),
                                            "length",
                                            40_000_000 + i,
                                            "unpacked",
                                            90_000_000),
                            "linux-arm64",
                                    Doc.map(
                                            "path",
                                            path(version, "linux-arm64"),
                                            "length",
                                            39_000_000 + i,
                                            "unpacked",
                                            88_000_000)),
                    "from",
                    ">=" + oldest + " <" + version + (i % 3 == 0 ? " ;pre-release=include" : ""));
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

    private static String path(String version, String platform) {
        return "shop/releases/" + version + "/shop-" + version + "-" + platform + ".tgz";
    }

    private static List<PlanRequest> requests(boolean plain) {
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

    private static void connect(
            Graph<Integer, DefaultEdge> graph,
            Situation situation,
            ActiveStops stops,
            int origin,
            int target) {
        if (origin != target
                && situation.index().hasEdge(origin, target)
                && !stops.isCrossed(origin, target)
                && situation.edge(origin, target) == 0) {
            graph.addEdge(origin, target);
        }
    }

    /// All edges that a host with these facts has, handed to JGraphT. Returns the mean of its
    /// times, in ms.
    private static double compare(Channel channel) {
        ChannelIndex index = new ChannelIndex(channel);
        List<PlanRequest> requests = requests(true).subList(0, COMPARED);
        Situation situation = new Situation(index, requests.getFirst());
        int count = index.ranks().count();
        // From the newest release no stop that depends on the origin holds by the start alone.
        ActiveStops stops = new ActiveStops(situation, count - 1, count - 1);
        Graph<Integer, DefaultEdge> graph = new SimpleDirectedGraph<>(DefaultEdge.class);
        long start = cpuNanos();
        for (int rank = 0; rank < count; rank++) {
            graph.addVertex(rank);
        }
        for (int target = 0; target < count; target++) {
            if (situation.target(target) != 0) {
                continue;
            }
            for (int origin = Math.max(0, target - WINDOW); origin < target; origin++) {
                connect(graph, situation, stops, origin, target);
            }
            for (int origin : index.explicitOrigins(target)) {
                connect(graph, situation, stops, origin, target);
            }
        }
        row(
                "JGraphT, materialising",
                (cpuNanos() - start) / 1e6,
                "ms",
                graph.edgeSet().size() + " edges");
        UpgradePlanner planner = new UpgradePlanner(channel);
        DijkstraShortestPath<Integer, DefaultEdge> dijkstra = new DijkstraShortestPath<>(graph);
        int different = 0;
        int compared = 0;
        double ours = 0;
        double theirs = 0;
        for (PlanRequest request : requests) {
            int from = index.ranks().rank(request.from());
            int to = index.ranks().rank(request.to().orElseThrow());
            long begin = cpuNanos();
            PlanResult result = planner.plan(request);
            ours += cpuNanos() - begin;
            begin = cpuNanos();
            GraphPath<Integer, DefaultEdge> path = from == to ? null : dijkstra.getPath(from, to);
            theirs += cpuNanos() - begin;
            int expected = path == null ? 0 : path.getLength();
            int actual = result instanceof PlanResult.UpgradePath ? result.hops().size() : 0;
            boolean comparable = path == null || isLegal(index, request, path.getVertexList());
            compared += comparable ? 1 : 0;
            // A graph does not know where a path came from: what it finds may slip past a stop, and
            // then the planner's way is longer, or there is none.
            if (comparable ? expected != actual : actual > 0 && actual < expected) {
                different++;
                System.out.println("different: " + request + " " + expected + " " + result);
            }
        }
        row("planner, mean of " + COMPARED, ours / COMPARED / 1e6, "ms", "same requests");
        double dijkstraMean = theirs / COMPARED / 1e6;
        row("JGraphT Dijkstra, mean", dijkstraMean, "ms", "on the materialised graph");
        row("answers that differ", different, "", compared + " compared hop by hop");
        failed |= different > 0 || compared < COMPARED / 2;
        return dijkstraMean;
    }

    /// Whether a path of the graph keeps to the stops that depend on what this host has touched.
    private static boolean isLegal(ChannelIndex index, PlanRequest request, List<Integer> path) {
        Situation situation = new Situation(index, request);
        ActiveStops stops = new ActiveStops(situation, path.getFirst(), path.getLast());
        for (int i = 1; i < path.size(); i++) {
            if (stops.isCrossed(path.get(i - 1), path.get(i))) {
                return false;
            }
        }
        return StickySearch.missed(stops, path.getFirst(), path.subList(1, path.size())).isEmpty();
    }
}
