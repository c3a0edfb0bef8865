package dev.belay.versys.picture;

import dev.belay.versys.picture.ChannelDrawing.Arrow;
import dev.belay.versys.picture.ChannelDrawing.Node;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/// Where everything of a drawing stands: rows of releases, a long series in several, and the ways
/// to one release as one tree: along the rows to a gutter at the right, and from there into it. So
/// thousands of edges are as many lines as there are releases to go to.
final class Layout {
    static final int LEFT = 96;
    static final int TOP = 40;
    static final int TRACK = 5;
    private static final int WIDEST = 1180;
    private static final int ROW = 64;

    /// @param row counted from the top
    record Place(int x, int y, int row) {}

    /// Lines that go right or down.
    record Line(int x1, int y1, int x2, int y2) {}

    /// All ways to one release.
    ///
    /// @param number to tell trees apart by colour
    /// @param sources how many releases they lead from, folded ones counted
    record Tree(String target, int number, int sources, List<Line> lines, Place into) {}

    private final Map<String, Place> places = new HashMap<>();
    private final Map<String, Integer> labels = new LinkedHashMap<>();
    private final List<Tree> trees = new ArrayList<>();
    private final List<Arrow> special;
    private int right;
    private int bottom;

    Layout(ChannelDrawing drawing) {
        List<List<Node>> rows = rows(drawing);
        Map<String, Integer> rowOf = new HashMap<>();
        Map<String, Integer> sizes = new HashMap<>();
        for (int row = 0; row < rows.size(); row++) {
            for (Node node : rows.get(row)) {
                rowOf.put(node.version(), row);
                sizes.put(node.version(), Math.max(1, node.folded().size()));
            }
        }
        Map<String, Map<Integer, List<String>>> ways = ways(drawing, rowOf);
        int[] tracks = new int[rows.size()];
        Map<String, Map<Integer, Integer>> trackOf = new LinkedHashMap<>();
        ways.forEach((target, sources) -> {
            Map<Integer, Integer> mine = new TreeMap<>();
            sources.keySet().forEach(row -> mine.put(row, tracks[row]++));
            mine.computeIfAbsent(rowOf.getOrDefault(target, 0), row -> tracks[row]++);
            trackOf.put(target, mine);
        });
        place(rows, tracks);
        List<Integer> gutters = new ArrayList<>();
        for (Map.Entry<String, Map<Integer, List<String>>> way : ways.entrySet()) {
            Map<Integer, Integer> mine = trackOf.getOrDefault(way.getKey(), Map.of());
            int gutter = mine.size() > 1 ? right + 14 + 6 * free(gutters, mine) : 0;
            int count =
                    way.getValue().values().stream()
                            .flatMap(List::stream)
                            .mapToInt(name -> sizes.getOrDefault(name, 1))
                            .sum();
            trees.add(tree(way.getKey(), trees.size(), count, way.getValue(), mine, gutter));
        }
        right += 24 + 6 * gutters.size();
        special = drawing.arrows().stream().filter(arrow -> !arrow.kind().equals("next")).toList();
    }

    /// The first gutter that nothing uses beside these rows.
    ///
    /// @param gutters down to which row each is in use
    private static int free(List<Integer> gutters, Map<Integer, Integer> rows) {
        int top = Collections.min(rows.keySet());
        int low = Collections.max(rows.keySet());
        for (int i = 0; i < gutters.size(); i++) {
            if (gutters.get(i) < top) {
                gutters.set(i, low);
                return i;
            }
        }
        gutters.add(low);
        return gutters.size() - 1;
    }

    /// As many as fit into a row; a series begins a new one.
    private static List<List<Node>> rows(ChannelDrawing drawing) {
        int most = Math.max(3, (WIDEST - LEFT) / step(drawing));
        List<List<Node>> rows = new ArrayList<>();
        String lane = "";
        for (Node node : drawing.nodes()) {
            if (rows.isEmpty() || !node.lane().equals(lane) || rows.getLast().size() == most) {
                rows.add(new ArrayList<>());
            }
            lane = node.lane();
            rows.getLast().add(node);
        }
        return rows;
    }

    private static int step(ChannelDrawing drawing) {
        int longest =
                drawing.nodes().stream()
                        .flatMapToInt(node ->
                                node.folded().isEmpty()
                                        ? IntStream.of(node.version().length())
                                        : node.folded().stream().mapToInt(v -> v.length() + 2))
                        .max()
                        .orElse(0);
        return Math.max(66, longest * 6 + 18);
    }

    private static Map<String, Map<Integer, List<String>>> ways(
            ChannelDrawing drawing, Map<String, Integer> rowOf) {
        Map<String, Map<Integer, List<String>>> ways = new LinkedHashMap<>();
        for (Arrow arrow : drawing.arrows()) {
            Integer row = rowOf.get(arrow.from());
            if (arrow.kind().equals("next") && row != null && rowOf.containsKey(arrow.to())) {
                ways.computeIfAbsent(arrow.to(), _ -> new TreeMap<>())
                        .computeIfAbsent(row, _ -> new ArrayList<>())
                        .add(arrow.from());
            }
        }
        return ways;
    }

    private void place(List<List<Node>> rows, int[] tracks) {
        int step =
                step(
                        new ChannelDrawing(
                                "", rows.stream().flatMap(List::stream).toList(), List.of()));
        int y = TOP;
        for (int row = 0; row < rows.size(); row++) {
            y += 20 + tracks[row] * TRACK;
            for (int i = 0; i < rows.get(row).size(); i++) {
                Node node = rows.get(row).get(i);
                int x = LEFT + step / 2 + i * step;
                places.put(node.version(), new Place(x, y, row));
                labels.putIfAbsent(node.lane(), y);
                right = Math.max(right, x + step / 2);
            }
            y += ROW - 16;
        }
        bottom = y;
    }

    private Tree tree(
            String target,
            int number,
            int count,
            Map<Integer, List<String>> sources,
            Map<Integer, Integer> tracks,
            int gutter) {
        Place into = place(target);
        List<Line> lines = new ArrayList<>();
        int top = Integer.MAX_VALUE;
        int low = 0;
        for (Map.Entry<Integer, Integer> track : tracks.entrySet()) {
            List<Place> from =
                    sources.getOrDefault(track.getKey(), List.of()).stream()
                            .map(this::place)
                            .toList();
            boolean own = track.getKey() == into.row();
            int y = (own ? into : from.getFirst()).y() - 14 - track.getValue() * TRACK;
            from.forEach(place -> lines.add(new Line(place.x() - 3, y, place.x() - 3, place.y())));
            int first = from.stream().mapToInt(Place::x).min().orElse(into.x() + 3) - 3;
            int last = from.stream().mapToInt(Place::x).max().orElse(into.x() + 3) - 3;
            if (own) {
                first = Math.min(first, into.x() + 3);
                last = Math.max(last, into.x() + 3);
                lines.add(new Line(into.x() + 3, y, into.x() + 3, into.y() - 9));
            }
            lines.add(new Line(first, y, gutter == 0 ? last : gutter, y));
            top = Math.min(top, y);
            low = Math.max(low, y);
        }
        if (gutter > 0) {
            lines.add(new Line(gutter, top, gutter, low));
        }
        return new Tree(target, number, count, lines, into);
    }

    Place place(String version) {
        return places.getOrDefault(version, new Place(LEFT, TOP, 0));
    }

    boolean has(String version) {
        return places.containsKey(version);
    }

    /// The height of the first row of every series.
    Map<String, Integer> labels() {
        return labels;
    }

    List<Tree> trees() {
        return trees;
    }

    /// Blocks and risks.
    List<Arrow> special() {
        return special;
    }

    int width() {
        return Math.max(right, 960);
    }

    int height() {
        return bottom;
    }
}
