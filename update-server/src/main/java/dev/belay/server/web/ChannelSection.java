package dev.belay.server.web;

import dev.belay.server.catalog.PublishedChannel;
import dev.belay.versys.graph.Artifact;
import dev.belay.versys.graph.Release;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/// A channel and its releases, the newest first.
final class ChannelSection {
    private static final int MAX_RELEASES = 50;

    private ChannelSection() {}

    static void write(Html html, PublishedChannel channel) {
        List<Release> releases = channel.releases().reversed();
        html.raw("<section class=\"card\"><header><h3>Channel ")
                .text(channel.name().channel())
                .raw("</h3><span class=\"soft\">")
                .text(releases.isEmpty() ? "no release yet" : count(releases))
                .raw("</span></header>");
        channel.problem().ifPresent(problem -> html.element("p", "card alert bad", problem));
        if (!releases.isEmpty()) {
            html.raw("<table><thead><tr><th scope=\"col\">Version</th>")
                    .raw("<th scope=\"col\">Published</th><th scope=\"col\">Platform</th>")
                    .raw("<th scope=\"col\" class=\"number\">Size</th>")
                    .raw("<th scope=\"col\">Marks and notes</th></tr></thead><tbody>");
            releases.stream().limit(MAX_RELEASES).forEach(release -> row(html, release));
            html.raw("</tbody></table>");
        }
        if (releases.size() > MAX_RELEASES) {
            html.element(
                    "p",
                    "soft",
                    "and " + (releases.size() - MAX_RELEASES) + " older; the API lists all");
        }
        html.raw("</section>");
    }

    private static String count(List<Release> releases) {
        return Figures.count(releases.size(), "release");
    }

    private static void row(Html html, Release release) {
        boolean dated = !release.about().date().equals(Instant.EPOCH);
        html.raw("<tr><th scope=\"row\">")
                .text(release.version().text())
                .raw("</th><td data-label=\"Published\" class=\"date\">")
                .text(dated ? Figures.day(release.about().date()) : "")
                .raw("</td><td data-label=\"Platform\">")
                .text(String.join(", ", release.availability().platforms().keySet()))
                .raw("</td><td data-label=\"Size\" class=\"number\">")
                .text(
                        release.availability().platforms().values().stream()
                                .map(Artifact::length)
                                .map(Figures::size)
                                .collect(Collectors.joining(", ")))
                .raw("</td><td>");
        marks(html, release);
        html.raw("</td></tr>");
    }

    private static void marks(Html html, Release release) {
        if (release.passage().requiredStop().isPresent()) {
            html.element("span", "mark", "required stop");
        }
        release.availability()
                .withdrawn()
                .ifPresent(notice -> mark(html, "mark bad", "withdrawn", notice.message()));
        release.passage()
                .deadEnd()
                .ifPresent(notice -> mark(html, "mark warn", "dead end", notice.message()));
        if (!release.about().notes().isBlank()) {
            html.raw("<details><summary>Notes<span class=\"hidden\"> of ")
                    .text(release.version().text())
                    .raw("</span></summary>")
                    .element("div", "notes", release.about().notes().strip())
                    .raw("</details>");
        }
    }

    private static void mark(Html html, String cssClass, String word, String reason) {
        html.element("span", cssClass, word).element("span", "reason", reason);
    }
}
