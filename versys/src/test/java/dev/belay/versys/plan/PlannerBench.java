package dev.belay.versys.plan;

import dev.belay.versys.graph.Channel;
import dev.belay.versys.plan.index.ChannelIndex;
import java.io.ByteArrayOutputStream;
import java.lang.management.ManagementFactory;
import java.lang.ref.Reference;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Measures the planner on releases with mixed rules and 1,000 random requests, and compares it
/// with Dijkstra over the materialised graph: `PlannerBench [RELEASES]`. Times are CPU time of the
/// one thread. Run by `scripts/bench-planner.sh`; prints a table and ends with 1 if an answer
/// differs or a bar is missed.
///
/// Bars are ratios to something that this run measures too, because machines differ: planning to
/// JGraphT's Dijkstra, loading to reading the same document as plain JSON. They hold for a run of
/// full size; the figures of a smaller one are too small to be compared. A graph of ten times that
/// size cannot be materialised, so there planning is compared with reading plain JSON too. That
/// size is loaded in two documents: a lean one of 126 bytes a release, and one that names two
/// bundles of each.
public final class PlannerBench {
    private static final int FULL = 10_000;
    private static final int LARGE = 100_000;
    private static final int COMPARED = 50;
    private static final int LOADS = 15;
    private static final int WARM_UP = 12;

    /// What an admin does not notice, in ms; said, not judged.
    private static final int SOON = 500;

    /// Each request counts with its best of so many rounds: the machine's caches and clock are
    /// shared, so one run says more about the neighbours than about the planner.
    private static final int ROUNDS = 5;

    private static final double PLAN_BAR = 1.0 / 12;
    private static final double LARGE_PLAN_BAR = 0.2;
    private static final double LOADING_BAR = 16;

    /// Of a document with as much to check in each release, but less to read.
    private static final double LEAN_LOADING_BAR = 18;

    private static final double HEAP_BAR = 1.5;

    private static boolean failed;

    private final BenchChannel channel;
    private final byte[] json;

    private PlannerBench(BenchChannel channel) {
        this.channel = channel;
        json = channel.document().json();
    }

    public static void main(String... args) throws Exception {
        PlannerBench bench =
                new PlannerBench(
                        new BenchChannel(args.length > 0 ? Integer.parseInt(args[0]) : FULL, true));
        bench.loading(LOADING_BAR);
        bench.heaps();
        double p99 = bench.plans(WARM_UP);
        bench.bar("plan, p99 / JGraphT Dijkstra, mean", p99 / bench.dijkstra(), PLAN_BAR);
        if (args.length == 0) {
            System.out.println("\n" + LARGE + " releases without bundles");
            new PlannerBench(new BenchChannel(LARGE, false)).loading(LEAN_LOADING_BAR);
            System.out.println("\n" + LARGE + " releases with two bundles each");
            PlannerBench large = new PlannerBench(new BenchChannel(LARGE, true));
            double plain = large.loading(LOADING_BAR);
            large.bar("plan, p99 / plain JSON", large.plans(1) / plain, LARGE_PLAN_BAR);
        }
        System.exit(failed ? 1 : 0);
    }

    private static void row(String what, double value, String unit, String note) {
        System.out.printf(Locale.ROOT, "%-34s %10.3f %-4s %s%n", what, value, unit, note);
    }

    private void bar(String what, double ratio, double bar) {
        boolean small = channel.releases() < FULL;
        boolean missed = !small && ratio > bar;
        failed |= missed;
        String word = small ? "not judged at this size, bar" : missed ? "MISSED, bar" : "bar";
        row(what, ratio, "", String.format(Locale.ROOT, "%s %.3f", word, bar));
    }

    /// Returns what reading it as plain JSON takes, in ms.
    private double loading(double bar) throws Exception {
        row("document", json.length / 1e6, "MB", "gzip " + gzip(json) / 1000 + " kB");
        double[] loads = new double[LOADS];
        double[] plainLoads = new double[LOADS];
        // The second half is judged: a server loads again and again.
        for (int i = -LOADS; i < LOADS; i++) {
            long start = cpuNanos();
            Reference.reachabilityFence(new UpgradePlanner(Channel.parse(json)));
            long loaded = cpuNanos();
            Reference.reachabilityFence(plain());
            int place = Math.max(i, 0);
            loads[place] = (loaded - start) / 1e6;
            plainLoads[place] = (cpuNanos() - loaded) / 1e6;
            if (i == -LOADS) {
                row("loading, first", loads[0], "ms", "in a program that has just started");
            }
        }
        boolean soon = median(loads) <= SOON;
        String note = "parse, check and index" + (soon ? ", within " + SOON + " ms" : "");
        row("loading, median", median(loads), "ms", note);
        row("plain JSON, median", median(plainLoads), "ms", "the same document as a tree");
        bar("loading / plain JSON", median(loads) / median(plainLoads), bar);
        return median(plainLoads);
    }

    private void heaps() {
        double planned =
                heap(() -> {
                    UpgradePlanner planner = new UpgradePlanner(Channel.parse(json));
                    planner.plan(channel.requests(false).getFirst());
                    return planner;
                });
        double tree = heap(this::plain);
        row("heap", planned, "MiB", "live after loading and planning");
        row("heap of the plain JSON", tree, "MiB", "");
        bar("heap / heap of the plain JSON", planned / tree, HEAP_BAR);
    }

    private JsonNode plain() {
        return JsonMapper.shared().readTree(json);
    }

    /// Time this thread computed. Other load on the machine does not count.
    static long cpuNanos() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    private static long gzip(byte[] bytes) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
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
    ///
    /// @param warmUp rounds that are not measured
    private double plans(int warmUp) {
        UpgradePlanner planner = new UpgradePlanner(Channel.parse(json));
        List<PlanRequest> requests = channel.requests(false);
        double[] millis = new double[requests.size()];
        Arrays.fill(millis, Double.MAX_VALUE);
        List<PlanResult> results = new ArrayList<>();
        for (int round = -warmUp; round < ROUNDS; round++) {
            results.clear();
            for (int i = 0; i < millis.length; i++) {
                long start = cpuNanos();
                results.add(planner.plan(requests.get(i)));
                double taken = (cpuNanos() - start) / 1e6;
                millis[i] = round < 0 ? millis[i] : Math.min(millis[i], taken);
            }
        }
        for (PlanPolicy policy : PlanPolicy.values()) {
            double[] some =
                    IntStream.range(0, millis.length)
                            .filter(i -> requests.get(i).policy() == policy)
                            .mapToDouble(i -> millis[i])
                            .sorted()
                            .toArray();
            row("plan, p99 of " + policy.label(), some[some.length * 99 / 100], "ms", "");
        }
        List<PlanResult> paths =
                results.stream().filter(PlanResult.UpgradePath.class::isInstance).toList();
        int hops = paths.stream().mapToInt(path -> path.hops().size()).sum();
        String note =
                paths.size()
                        + " of "
                        + requests.size()
                        + " paths, "
                        + hops / Math.max(paths.size(), 1)
                        + " hops each";
        Arrays.sort(millis);
        double p99 = millis[millis.length * 99 / 100];
        row("plan, p50", millis[millis.length / 2], "ms", note);
        row("plan, p99", p99, "ms", "of requests, each the best of " + ROUNDS);
        row("plan, slowest", millis[millis.length - 1], "ms", "");
        return p99;
    }

    /// Returns its mean time, in ms.
    private double dijkstra() {
        Channel parsed = Channel.parse(json);
        DijkstraComparison found =
                DijkstraComparison.of(
                        new UpgradePlanner(parsed),
                        new ChannelIndex(parsed),
                        channel.requests(true).subList(0, COMPARED));
        row("JGraphT, materialising", found.materialising() / 1e6, "ms", found.edges() + " edges");
        row("planner, mean of " + COMPARED, found.ours() / 1e6, "ms", "same requests");
        double mean = found.theirs() / 1e6;
        row("JGraphT Dijkstra, mean", mean, "ms", "on the materialised graph");
        row(
                "answers that differ",
                found.different(),
                "",
                found.compared() + " compared hop by hop");
        failed |= found.different() > 0 || found.compared() < COMPARED / 2;
        return mean;
    }
}
