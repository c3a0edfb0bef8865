package dev.belay.versys.picture;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// A drawing for Graphviz: a cluster for each series.
public final class DotPicture {
    private DotPicture() {}

    /// The text of a `.dot` file.
    public static String of(ChannelDrawing unfolded) {
        ChannelDrawing drawing = Folding.fold(unfolded);
        StringBuilder dot = new StringBuilder("digraph channel {\n  rankdir=LR;\n");
        dot.append("  label=").append(quoted(drawing.title())).append(";\n");
        Map<String, List<ChannelDrawing.Node>> lanes =
                drawing.nodes().stream()
                        .collect(
                                Collectors.groupingBy(
                                        ChannelDrawing.Node::lane,
                                        LinkedHashMap::new,
                                        Collectors.toList()));
        lanes.forEach((lane, nodes) -> {
            dot.append("  subgraph ").append(quoted("cluster_" + lane)).append(" {\n");
            dot.append("    label=").append(quoted(lane)).append(";\n");
            nodes.forEach(node -> dot.append("    ").append(node(node)).append(";\n"));
            dot.append("  }\n");
        });
        Set<String> names =
                drawing.nodes().stream()
                        .map(ChannelDrawing.Node::version)
                        .collect(Collectors.toSet());
        for (ChannelDrawing.Arrow arrow : drawing.arrows()) {
            if (names.contains(arrow.from())) {
                dot.append("  ")
                        .append(quoted(arrow.from()))
                        .append(" -> ")
                        .append(quoted(arrow.to()))
                        .append(style(arrow))
                        .append(";\n");
            }
        }
        return dot.append("}").toString();
    }

    private static String node(ChannelDrawing.Node node) {
        String shape =
                switch (node.kind()) {
                    case "stop" -> "box";
                    case "dead-end" -> "octagon";
                    default -> "ellipse";
                };
        String hosts = node.hosts() > 0 ? "\n" + node.hosts() + " hosts" : "";
        return quoted(node.version())
                + " [shape="
                + shape
                + (node.kind().equals("withdrawn") ? ",style=dashed" : "")
                + ",label="
                + quoted(node.version() + hosts)
                + ",tooltip="
                + quoted(node.words())
                + "]";
    }

    private static String style(ChannelDrawing.Arrow arrow) {
        return switch (arrow.kind()) {
            case "blocked" -> " [color=red,style=dashed,tooltip=" + quoted(arrow.words()) + "]";
            case "risk" -> " [color=orange,tooltip=" + quoted(arrow.words()) + "]";
            default -> "";
        };
    }

    private static String quoted(String text) {
        return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + "\"";
    }
}
