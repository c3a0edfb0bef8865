package dev.belay.server.web;

import dev.belay.server.catalog.RoleExpiry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// Until when the signed files are valid, and what to do before that.
final class ExpirySection {
    private ExpirySection() {}

    /// What somebody must do now, before everything else on the page.
    static void alerts(Html html, List<RoleExpiry> expiries, Instant now) {
        for (RoleExpiry expiry : expiries) {
            RoleExpiry.State state = expiry.at(now);
            if (state == RoleExpiry.State.GOOD) {
                continue;
            }
            boolean expired = state == RoleExpiry.State.EXPIRED;
            html.raw("<p role=\"alert\" class=\"card alert")
                    .raw(expired ? " bad\">" : "\">")
                    .element("strong", expiry.role())
                    .text(
                            expired
                                    ? " has expired: hosts keep running but refuse new installs. "
                                    : " expires in " + left(expiry, now) + ". ")
                    .text(
                            expiry.online()
                                    ? "The server could not renew it; its log says why."
                                    : "Sign it again with versys and publish it.")
                    .raw("</p>");
        }
    }

    static void table(Html html, List<RoleExpiry> expiries, Instant now) {
        html.raw("\n<section aria-labelledby=\"validity\"><h2 id=\"validity\">Signed files</h2>")
                .raw(
                        "<div class=\"card state scroll\"><table><thead><tr><th scope=\"col\">Role</th>")
                .raw("<th scope=\"col\">Version</th><th scope=\"col\">Valid until</th>")
                .raw("<th scope=\"col\">State</th></tr></thead><tbody>");
        for (RoleExpiry expiry : expiries) {
            html.raw("<tr><th scope=\"row\">")
                    .text(expiry.role())
                    .raw("</th><td data-label=\"Version\">")
                    .text(Long.toString(expiry.version()))
                    .raw("</td><td data-label=\"Valid until\" class=\"date\">")
                    .text(Figures.time(expiry.expires()))
                    .raw("</td><td>");
            state(html, expiry, now);
            html.raw("</td></tr>");
        }
        html.raw("</tbody></table></div></section>");
    }

    private static void state(Html html, RoleExpiry expiry, Instant now) {
        switch (expiry.at(now)) {
            case GOOD -> html.element("span", "mark good", left(expiry, now) + " left");
            case SOON -> html.element("span", "mark warn", left(expiry, now) + " left");
            case EXPIRED -> html.element("span", "mark bad", "expired");
        }
    }

    private static String left(RoleExpiry expiry, Instant now) {
        return Figures.span(Duration.between(now, expiry.expires()));
    }
}
