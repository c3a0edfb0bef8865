package dev.belay.versys.picture;

import dev.belay.versys.plan.Population.Moment;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/// What hosts are offered over time, as stacked bars: one for each step.
public final class OfferPicture {
    private static final int BAR = 14;
    private static final int HEIGHT = 240;
    private static final List<String> COLOURS =
            List.of("#4c8bf5", "#2f855a", "#b7791f", "#805ad5", "#c53030", "#319795", "#718096");

    private OfferPicture() {}

    /// The text of an SVG file.
    public static String svg(List<Moment> moments) {
        SortedSet<String> offers = new TreeSet<>();
        moments.forEach(moment -> offers.addAll(moment.offers().keySet()));
        List<String> names = List.copyOf(offers);
        int width = Math.max(moments.size() * BAR + 60, 400);
        StringBuilder svg = new StringBuilder();
        svg.append(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" font-family=\"sans-serif\" font-size=\"11\">"
                        .formatted(width, HEIGHT + 50 + names.size() * 16));
        for (int i = 0; i < moments.size(); i++) {
            bar(svg, moments.get(i), names, 30 + i * BAR);
        }
        for (int i = 0; i < names.size(); i++) {
            int y = HEIGHT + 40 + i * 16;
            svg.append(
                    "<rect x=\"30\" y=\"%d\" width=\"10\" height=\"10\" fill=\"%s\"/><text x=\"46\" y=\"%d\">%s</text>"
                            .formatted(y, colour(i), y + 9, Markup.text(names.get(i))));
        }
        return svg.append("</svg>").toString();
    }

    private static void bar(StringBuilder svg, Moment moment, List<String> names, int x) {
        int all = Math.max(1, moment.offers().values().stream().mapToInt(n -> n).sum());
        int top = 10 + HEIGHT;
        for (int i = 0; i < names.size(); i++) {
            int count = moment.offers().getOrDefault(names.get(i), 0);
            int height = Math.round((float) count * HEIGHT / all);
            top -= height;
            svg.append(
                    "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" fill=\"%s\"><title>%s %s: %d</title></rect>"
                            .formatted(
                                    x,
                                    top,
                                    BAR - 2,
                                    height,
                                    colour(i),
                                    moment.at(),
                                    Markup.text(names.get(i)),
                                    count));
        }
    }

    private static String colour(int place) {
        return COLOURS.get(place % COLOURS.size());
    }
}
