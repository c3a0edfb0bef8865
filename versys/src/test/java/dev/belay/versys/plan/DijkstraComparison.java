package dev.belay.versys.plan;

import dev.belay.versys.plan.index.ChannelIndex;
import java.util.List;
import org.jgrapht.Graph;
import org.jgrapht.GraphPath;
import org.jgrapht.alg.shortestpath.DijkstraShortestPath;
import org.jgrapht.graph.DefaultEdge;
import org.jgrapht.graph.SimpleDirectedGraph;

/// The planner beside Dijkstra over the materialised graph: the same requests, hop by hop.
///
/// @param edges of that graph
/// @param materialising nanoseconds it took to make it
/// @param ours nanoseconds of the planner, mean
/// @param theirs nanoseconds of Dijkstra, mean
/// @param compared answers that the graph can judge
/// @param different answers that differ
record DijkstraComparison(
        int edges, long materialising, long ours, long theirs, int compared, int different) {

    /// All edges that a host with these facts has, handed to JGraphT.
    static DijkstraComparison of(
            UpgradePlanner planner, ChannelIndex index, List<PlanRequest> requests) {
        Situation situation = new Situation(index, requests.getFirst());
        int count = index.ranks().count();
        // From the newest release no stop that depends on the origin holds by the start alone.
        ActiveStops stops = new ActiveStops(situation, count - 1, count - 1);
        Graph<Integer, DefaultEdge> graph = new SimpleDirectedGraph<>(DefaultEdge.class);
        long start = PlannerBench.cpuNanos();
        for (int rank = 0; rank < count; rank++) {
            graph.addVertex(rank);
        }
        for (int target = 0; target < count; target++) {
            if (situation.target(target) != 0) {
                continue;
            }
            for (int origin = Math.max(0, target - BenchChannel.WINDOW);
                    origin < target;
                    origin++) {
                connect(graph, situation, stops, origin, target);
            }
            for (int origin : index.explicitOrigins(target)) {
                connect(graph, situation, stops, origin, target);
            }
        }
        long materialising = PlannerBench.cpuNanos() - start;
        DijkstraShortestPath<Integer, DefaultEdge> dijkstra = new DijkstraShortestPath<>(graph);
        int different = 0;
        int compared = 0;
        long ours = 0;
        long theirs = 0;
        for (PlanRequest request : requests) {
            int from = index.ranks().rank(request.from());
            int to = index.ranks().rank(request.to().orElseThrow());
            long begin = PlannerBench.cpuNanos();
            PlanResult result = planner.plan(request);
            ours += PlannerBench.cpuNanos() - begin;
            begin = PlannerBench.cpuNanos();
            GraphPath<Integer, DefaultEdge> path = from == to ? null : dijkstra.getPath(from, to);
            theirs += PlannerBench.cpuNanos() - begin;
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
        int asked = requests.size();
        return new DijkstraComparison(
                graph.edgeSet().size(),
                materialising,
                ours / asked,
                theirs / asked,
                compared,
                different);
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
