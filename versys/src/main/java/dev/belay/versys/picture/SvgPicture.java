package dev.belay.versys.picture;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/// A drawing as SVG: a lane for each series, oldest at the top, releases from left to right.
public final class SvgPicture {
    private static final int LANE = 56;
    private static final int STEP = 86;
    private static final int LEFT = 90;
    private static final String STYLE =
            "<style>text{font:11px sans-serif;fill:#222}.lane{fill:#777;font-weight:bold}"
                    + ".release{fill:#4c8bf5}.stop{fill:#b7791f}.withdrawn{fill:#fff;stroke:#999;"
                    + "stroke-dasharray:3}.dead-end{fill:#c53030}.next{stroke:#9bb4d8;fill:none}"
                    + ".blocked{stroke:#c53030;fill:none;stroke-dasharray:5}.risk{stroke:#dd8b16;"
                    + "fill:none;stroke-dasharray:2}.bar{fill:#2f855a}.rest{fill:#ddd}</style>";

    private record Point(int x, int y) {}

    private SvgPicture() {}

    /// The text of an SVG file.
    public static String of(ChannelDrawing drawing) {
        Map<String, Integer> lanes = new LinkedHashMap<>();
        Map<String, Integer> filled = new HashMap<>();
        Map<String, Point> places = new HashMap<>();
        int width = 0;
        for (ChannelDrawing.Node node : drawing.nodes()) {
            int lane = lanes.computeIfAbsent(node.lane(), _ -> lanes.size());
            int place = filled.merge(node.lane(), 1, Integer::sum);
            Point point = new Point(LEFT + place * STEP - STEP / 2, 50 + lane * LANE);
            places.put(node.version(), point);
            width = Math.max(width, point.x() + STEP);
        }
        int height = 70 + lanes.size() * LANE;
        StringBuilder svg = new StringBuilder();
        svg.append(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\">"
                        .formatted(width, height, width, height));
        svg.append(STYLE);
        svg.append(
                "<defs><marker id=\"head\" markerWidth=\"7\" markerHeight=\"6\" refX=\"7\" refY=\"3\""
                        + " orient=\"auto\"><path d=\"M0,0L7,3L0,6z\" fill=\"#7f93b2\"/></marker></defs>");
        svg.append("<text x=\"10\" y=\"18\" class=\"lane\">")
                .append(Markup.text(drawing.title()))
                .append("</text>");
        lanes.forEach((lane, row) ->
                svg.append("<text x=\"10\" y=\"%d\" class=\"lane\">".formatted(54 + row * LANE))
                        .append(Markup.text(lane))
                        .append("</text>"));
        drawing.arrows().forEach(arrow -> svg.append(arrow(arrow, places)));
        drawing.nodes().forEach(node -> svg.append(node(node, places)));
        return svg.append("</svg>").toString();
    }

    private static String arrow(ChannelDrawing.Arrow arrow, Map<String, Point> places) {
        Point from = places.get(arrow.from());
        Point to = places.get(arrow.to());
        if (from == null || to == null) {
            return "";
        }
        int bend = from.y() == to.y() ? 18 : 0;
        return "<path class=\"%s\" marker-end=\"url(#head)\" d=\"M%d,%dQ%d,%d %d,%d\"><title>%s</title></path>"
                .formatted(
                        arrow.kind(),
                        from.x(),
                        from.y() - 8,
                        (from.x() + to.x()) / 2,
                        (from.y() + to.y()) / 2 - bend - 8,
                        to.x() - 9,
                        to.y() - 4,
                        Markup.text(arrow.from() + " to " + arrow.to() + ": " + arrow.words()));
    }

    private static String node(ChannelDrawing.Node node, Map<String, Point> places) {
        Point at = places.getOrDefault(node.version(), new Point(0, 0));
        StringBuilder svg =
                new StringBuilder("<g id=\"r-%s\">".formatted(Markup.text(node.version())));
        svg.append(
                node.kind().equals("stop")
                        ? "<rect class=\"stop\" x=\"%d\" y=\"%d\" width=\"16\" height=\"16\"/>"
                                .formatted(at.x() - 8, at.y() - 8)
                        : "<circle class=\"%s\" cx=\"%d\" cy=\"%d\" r=\"8\"/>"
                                .formatted(node.kind(), at.x(), at.y()));
        if (node.share() < 1) {
            svg.append(
                    String.format(
                            Locale.ROOT,
                            "<rect class=\"rest\" x=\"%d\" y=\"%d\" width=\"40\" height=\"3\"/>"
                                    + "<rect class=\"bar\" x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"3\"/>",
                            at.x() - 20,
                            at.y() + 24,
                            at.x() - 20,
                            at.y() + 24,
                            40 * node.share()));
        }
        String hosts = node.hosts() > 0 ? " (" + node.hosts() + ")" : "";
        svg.append("<text text-anchor=\"middle\" x=\"%d\" y=\"%d\">".formatted(at.x(), at.y() + 21))
                .append(Markup.text(node.version() + hosts))
                .append("</text><title>")
                .append(Markup.text(node.version() + " " + node.kind() + " " + node.words()))
                .append("</title></g>");
        return svg.toString();
    }
}
