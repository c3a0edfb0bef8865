package dev.belay.server.web;

import dev.belay.server.fleet.Host;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// The hosts of a product that reported. What they say is not verified by anybody.
final class HostSection {
    private HostSection() {}

    /// @param total how many there are; `hosts` may be fewer
    static void write(Html html, List<Host> hosts, int total, Instant now) {
        html.raw("<section class=\"card\"><header><h3>Hosts</h3><span class=\"soft\">")
                .text(total == 0 ? "none has reported yet" : total + " reported")
                .raw("</span></header>");
        if (!hosts.isEmpty()) {
            html.raw("<table><thead><tr><th scope=\"col\">Host</th>")
                    .raw("<th scope=\"col\">Version</th><th scope=\"col\">Channel</th>")
                    .raw("<th scope=\"col\">Last update</th><th scope=\"col\">Reported</th>")
                    .raw("</tr></thead><tbody>");
            hosts.forEach(host -> row(html, host, now));
            html.raw("</tbody></table>");
        }
        if (total > hosts.size()) {
            html.element("p", "soft", "and " + (total - hosts.size()) + " that reported before");
        }
        html.raw("</section>");
    }

    private static void row(Html html, Host host, Instant now) {
        html.raw("<tr><th scope=\"row\">")
                .text(host.id())
                .raw("</th><td data-label=\"Version\">")
                .text(host.version() == null ? "unknown" : host.version())
                .raw("</td><td data-label=\"Channel\">")
                .text(host.channel() == null ? "" : host.channel())
                .raw("</td><td>")
                .element("span", "mark " + colour(host.outcome()), host.outcome());
        if (host.kind() != null) {
            html.element("span", "reason", host.kind());
        }
        html.raw("</td><td data-label=\"Reported\" class=\"date\">")
                .text(Figures.ago(Duration.between(host.reportedAt(), now)))
                .raw("</td></tr>");
    }

    private static String colour(String outcome) {
        return switch (outcome) {
            case "updated", "installed" -> "good";
            case "rolled-back", "went-back" -> "warn";
            default -> "bad";
        };
    }
}
