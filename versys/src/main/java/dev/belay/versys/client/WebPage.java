package dev.belay.versys.client;

import dev.belay.packaging.failure.BelayException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/// A page for people where metadata should be: what a network answers that asks people to log in
/// first, or a server whose address is another one. Pure.
final class WebPage {
    /// How many bytes tell.
    static final int BEGINNING = 512;

    private WebPage() {}

    static boolean is(byte[] bytes) {
        String text =
                new String(bytes, 0, Math.min(bytes.length, BEGINNING), StandardCharsets.ISO_8859_1)
                        .replaceFirst("^\u00ef\u00bb\u00bf", "")
                        .strip()
                        .toLowerCase(Locale.ROOT);
        return text.startsWith("<!doctype html")
                || text.startsWith("<html")
                || (text.startsWith("<") && text.contains("<html"));
    }

    static BelayException insteadOf(String address) {
        return new BelayException(
                "web-page-answered",
                "A web page came instead of "
                        + address
                        + ": this network may ask people to log in first (a captive portal), or the"
                        + " address is not the repository's.",
                "Open any page in a browser on this network and log in, or check the address of the"
                        + " server. Nothing was changed.");
    }
}
