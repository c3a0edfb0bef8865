package dev.belay.versys.picture;

import dev.belay.versys.picture.ChannelDrawing.Arrow;
import dev.belay.versys.picture.ChannelDrawing.Node;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// A drawing as SVG, light or dark as the reader's screen: a lane for each series, oldest at the
/// top, releases from left to right, one tree of lines for all the ways to one release.
public final class SvgPicture {
    /// More blocks and risks than these are marks at their targets only.
    private static final int CURVES = 12;

    private static final int COLOURS = 6;
    private static final String STYLE =
            """
            <style>
            .paper{fill:#fff} text{font:11px sans-serif;fill:#222} .lane{fill:#666;font-weight:bold}
            .title{font-size:14px;font-weight:bold} .more{fill:#666} .hosts{fill:#1f7a4d;font-weight:bold}
            .release,.fold{fill:#4c8bf5} .stop{fill:#b7791f} .dead-end{fill:#c53030}
            .withdrawn{fill:#fff;stroke:#888;stroke-dasharray:3} .bar{fill:#2f855a} .rest{fill:#ddd}
            .way{fill:none;stroke-width:1.5} .w0{stroke:#5b7fb8} .w1{stroke:#3a9a8f} .w2{stroke:#8a6bbf}
            .w3{stroke:#b0793a} .w4{stroke:#6f8f3a} .w5{stroke:#b3608a}
            .a0{fill:#5b7fb8} .a1{fill:#3a9a8f} .a2{fill:#8a6bbf} .a3{fill:#b0793a} .a4{fill:#6f8f3a} .a5{fill:#b3608a}
            .blocked{stroke:#c53030;fill:none;stroke-dasharray:5} .risk{stroke:#c77700;fill:none;stroke-dasharray:2}
            .mark-blocked{fill:#c53030} .mark-risk{fill:#c77700} .mark{fill:#fff;font-weight:bold;font-size:9px}
            @media (prefers-color-scheme:dark){.paper,.withdrawn{fill:#16181d} text{fill:#e6e6e6}
            .lane,.more{fill:#a0a4ad} .hosts{fill:#63d297} .rest{fill:#444} .release,.fold{fill:#6ea2ff}
            .stop{fill:#e0a63c} .dead-end,.mark-blocked{fill:#ef6b6b} .blocked{stroke:#ef6b6b}}
            </style>
            """;

    private final Layout layout;
    private final StringBuilder svg = new StringBuilder();

    private SvgPicture(Layout layout) {
        this.layout = layout;
    }

    /// The text of an SVG file. Releases that nobody needs to see one by one are put together.
    public static String of(ChannelDrawing drawing) {
        ChannelDrawing folded = Folding.fold(drawing);
        return new SvgPicture(new Layout(folded)).draw(folded);
    }

    private String draw(ChannelDrawing drawing) {
        int height = layout.height() + 44;
        svg.append(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\">"
                        .formatted(layout.width(), height, layout.width(), height));
        svg.append(STYLE);
        svg.append(
                "<rect class=\"paper\" width=\"%d\" height=\"%d\"/>"
                        .formatted(layout.width(), height));
        text(10, 20, "title", "start", drawing.title());
        layout.labels().forEach((lane, y) -> text(10, y + 4, "lane", "start", lane));
        layout.trees().forEach(this::tree);
        special();
        drawing.nodes().forEach(this::node);
        legend(layout.height() + 20);
        return svg.append("</svg>").toString();
    }

    private void text(int x, int y, String kind, String anchor, String words) {
        svg.append(
                "<text class=\"%s\" x=\"%d\" y=\"%d\" text-anchor=\"%s\">%s</text>"
                        .formatted(kind, x, y, anchor, Markup.text(words)));
    }

    private void tree(Layout.Tree tree) {
        int colour = tree.number() % COLOURS;
        StringBuilder path = new StringBuilder();
        tree.lines()
                .forEach(line ->
                        path.append(
                                "M%d,%dL%d,%d"
                                        .formatted(line.x1(), line.y1(), line.x2(), line.y2())));
        int x = tree.into().x() + 3;
        int y = tree.into().y() - 8;
        svg.append(
                ("<g><path class=\"way w%d\" d=\"%s\"/><path class=\"a%d\" d=\"M%d,%dl-4,-6h8z\"/>"
                                + "<title>%s</title></g>")
                        .formatted(
                                colour,
                                path,
                                colour,
                                x,
                                y,
                                Markup.text(
                                        tree.sources()
                                                + (tree.sources() == 1
                                                        ? " release goes"
                                                        : " releases go")
                                                + " next to "
                                                + tree.target())));
    }

    private void special() {
        Map<String, Map<String, List<Arrow>>> marks = new LinkedHashMap<>();
        boolean curves = layout.special().size() <= CURVES;
        for (Arrow arrow : layout.special()) {
            if (curves && layout.has(arrow.from()) && layout.has(arrow.to())) {
                curve(arrow);
            }
            if (layout.has(arrow.to())) {
                marks.computeIfAbsent(arrow.to(), _ -> new LinkedHashMap<>())
                        .computeIfAbsent(arrow.kind(), _ -> new ArrayList<>())
                        .add(arrow);
            }
        }
        marks.forEach((target, kinds) -> {
            int x = layout.place(target).x() + 16;
            for (Map.Entry<String, List<Arrow>> kind : kinds.entrySet()) {
                mark(x, layout.place(target).y(), kind.getKey(), kind.getValue());
                x += 13;
            }
        });
    }

    private void curve(Arrow arrow) {
        Layout.Place from = layout.place(arrow.from());
        Layout.Place to = layout.place(arrow.to());
        svg.append(
                "<path class=\"%s\" d=\"M%d,%dQ%d,%d %d,%d\"><title>%s</title></path>"
                        .formatted(
                                arrow.kind(),
                                from.x(),
                                from.y() + 8,
                                (from.x() + to.x()) / 2,
                                (from.y() + to.y()) / 2 + 26,
                                to.x(),
                                to.y() + 8,
                                Markup.text(words(arrow))));
    }

    private void mark(int x, int y, String kind, List<Arrow> arrows) {
        svg.append(
                ("<g><circle class=\"mark-%s\" cx=\"%d\" cy=\"%d\" r=\"6\"/>"
                                + "<text class=\"mark\" x=\"%d\" y=\"%d\" text-anchor=\"middle\">%s</text><title>%s</title></g>")
                        .formatted(
                                kind,
                                x,
                                y,
                                x,
                                y + 3,
                                kind.equals("risk") ? "!" : "×",
                                Markup.text(
                                        String.join(
                                                "\n",
                                                arrows.stream().map(SvgPicture::words).toList()))));
    }

    private static String words(Arrow arrow) {
        return arrow.kind() + " from " + arrow.from() + " to " + arrow.to() + ": " + arrow.words();
    }

    private void node(Node node) {
        Layout.Place at = layout.place(node.version());
        List<String> versions = node.folded().isEmpty() ? List.of(node.version()) : node.folded();
        svg.append("<g data-versions=\"%s\">".formatted(Markup.text(String.join(" ", versions))));
        shape(node.kind(), at.x(), at.y());
        if (node.share() < 1) {
            bar(at.x() - 20, at.y() + 11, node.share());
        }
        int line = at.y() + (node.share() < 1 ? 25 : 21);
        if (node.folded().isEmpty()) {
            text(at.x(), line, "version", "middle", node.version());
        } else {
            text(at.x(), line, "version", "middle", versions.getFirst() + " …");
            line += 12;
            text(at.x(), line, "version", "middle", versions.getLast());
            text(
                    at.x() + 15,
                    at.y() + 4,
                    "more",
                    "start",
                    "×" + versions.size() + (node.words().isEmpty() ? "" : " in turn"));
        }
        if (node.hosts() > 0) {
            String hosts =
                    String.format(
                            Locale.ROOT, "%,d host%s", node.hosts(), node.hosts() == 1 ? "" : "s");
            text(at.x(), line + 12, "hosts", "middle", hosts);
        }
        svg.append(
                "<title>%s</title></g>"
                        .formatted(
                                Markup.text(
                                        (node.version() + " " + node.kind() + " " + node.words())
                                                .strip())));
    }

    private void shape(String kind, int x, int y) {
        switch (kind) {
            case "stop" ->
                    svg.append(
                            "<rect class=\"stop\" x=\"%d\" y=\"%d\" width=\"16\" height=\"16\"/>"
                                    .formatted(x - 8, y - 8));
            case "fold" ->
                    svg.append(
                            "<rect class=\"fold\" x=\"%d\" y=\"%d\" width=\"26\" height=\"14\" rx=\"7\"/>"
                                    .formatted(x - 13, y - 7));
            default ->
                    svg.append(
                            "<circle class=\"%s\" cx=\"%d\" cy=\"%d\" r=\"8\"/>"
                                    .formatted(kind, x, y));
        }
    }

    private void bar(int x, int y, double share) {
        svg.append(
                "<rect class=\"rest\" x=\"%d\" y=\"%d\" width=\"40\" height=\"3\"/>"
                        .formatted(x, y));
        svg.append(
                "<rect class=\"bar\" x=\"%d\" y=\"%d\" width=\"%d\" height=\"3\"/>"
                        .formatted(x, y, Math.round(40 * share)));
    }

    private void legend(int y) {
        int x = 20;
        for (String[] entry :
                new String[][] {
                    {"release", "release"},
                    {"fold", "several, alike or in turn"},
                    {"stop", "required stop"},
                    {"dead-end", "dead end"},
                    {"withdrawn", "withdrawn"}
                }) {
            shape(entry[0], x, y);
            text(x + 18, y + 4, "more", "start", entry[1]);
            x += 38 + entry[1].length() * 6;
        }
        bar(x - 8, y - 1, 0.4);
        text(x + 38, y + 4, "more", "start", "rollout");
        x += 96;
        svg.append("<path class=\"way w0\" d=\"M%d,%dh26\"/>".formatted(x, y));
        svg.append("<path class=\"a0\" d=\"M%d,%dl-6,-4v8z\"/>".formatted(x + 30, y));
        text(x + 36, y + 4, "more", "start", "next hop");
        x += 100;
        mark(x, y, "blocked", List.of());
        text(x + 12, y + 4, "more", "start", "blocked");
        x += 72;
        mark(x, y, "risk", List.of());
        text(x + 12, y + 4, "more", "start", "risk");
        text(x + 50, y + 4, "hosts", "start", "hosts");
    }
}
