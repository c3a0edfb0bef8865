package dev.belay.server.web;

import dev.belay.server.catalog.Catalog;
import dev.belay.server.catalog.Publications;
import dev.belay.server.catalog.PublishedChannel;
import dev.belay.server.fleet.Fleet;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;

/// The one page: products, their channels and releases, the hosts that reported, and until when the
/// signed files are valid. Plain HTML without any script; readable without the style, too.
public final class OverviewPage {
    private static final int MAX_HOSTS = 100;
    private static final String STYLE = style();

    /// What the page may load: its own style, known by its digest, and nothing else.
    public static final String CONTENT_SECURITY_POLICY =
            "default-src 'none'; style-src '"
                    + digest(STYLE)
                    + "'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private final Publications publications;
    private final Fleet fleet;
    private final InstantSource clock;

    /// @param clock for "expires in" and nothing else
    public OverviewPage(Publications publications, Fleet fleet, InstantSource clock) {
        this.publications = publications;
        this.fleet = fleet;
        this.clock = clock;
    }

    /// The page as of now. Everything that vendors and hosts wrote is escaped.
    public String render() {
        Catalog catalog = publications.current();
        Instant now = clock.instant();
        Html html = new Html();
        html.raw("<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">")
                .raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">")
                .raw("<title>Belay update server</title><style>")
                .raw(STYLE)
                .raw("</style></head>\n<body><header><h1>Belay update server</h1>")
                .raw("<p class=\"soft\">")
                .text(summary(catalog))
                .raw("</p></header>\n<main>");
        ExpirySection.alerts(html, catalog.expiries(), now);
        if (catalog.products().isEmpty()) {
            html.raw("<section class=\"card\"><h2>Nothing is published yet</h2><p>")
                    .text("Set the repository up with “versys init” and publish a first release")
                    .raw(" with <code>versys publish</code>.</p></section>");
        }
        for (String product : catalog.products()) {
            product(html, catalog, product, now);
        }
        if (!catalog.expiries().isEmpty()) {
            ExpirySection.table(html, catalog.expiries(), now);
        }
        return html.raw("</main>\n<footer><p>As of ")
                .text(Figures.time(now))
                .raw(". Reload the page for newer figures.</p></footer></body></html>\n")
                .toString();
    }

    private void product(Html html, Catalog catalog, String product, Instant now) {
        html.raw("\n<section aria-labelledby=\"product-").text(product).raw("\">");
        html.raw("<h2 id=\"product-").text(product).raw("\">").text(product).raw("</h2>");
        List<PublishedChannel> channels =
                catalog.channels().values().stream()
                        .filter(channel -> channel.name().product().equals(product))
                        .toList();
        for (PublishedChannel channel : channels) {
            ChannelSection.write(html, channel);
        }
        HostSection.write(html, fleet.hosts(product, MAX_HOSTS), fleet.count(product), now);
        html.raw("</section>");
    }

    private static String summary(Catalog catalog) {
        return catalog.snapshot() == 0
                ? "The repository is empty."
                : Figures.count(catalog.products().size(), "product")
                        + ", "
                        + Figures.count(catalog.channels().size(), "channel")
                        + ". Snapshot "
                        + catalog.snapshot()
                        + ".";
    }

    private static String style() {
        try (InputStream css = OverviewPage.class.getResourceAsStream("page.css")) {
            if (css == null) {
                throw new IllegalStateException("page.css is part of this program");
            }
            return new String(css.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String digest(String style) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256")
                            .digest(style.getBytes(StandardCharsets.UTF_8));
            return "sha256-" + Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
