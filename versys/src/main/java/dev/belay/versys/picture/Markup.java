package dev.belay.versys.picture;

/// Text in markup. Versions and messages come from a vendor's document and are never trusted.
final class Markup {
    private Markup() {}

    static String text(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
