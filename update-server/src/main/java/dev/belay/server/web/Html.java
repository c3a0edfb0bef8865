package dev.belay.server.web;

/// Writes HTML. Text only ever enters through [#text] or an attribute value, and is escaped there.
final class Html {
    private final StringBuilder out = new StringBuilder(16 * 1024);

    /// Markup written by us, taken as it is.
    Html raw(String markup) {
        out.append(markup);
        return this;
    }

    /// Anything else: what vendors and hosts wrote.
    Html text(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append("&quot;");
                case '\'' -> out.append("&#39;");
                default -> out.append(isForbidden(c) ? '\ufffd' : c);
            }
        }
        return this;
    }

    /// An element with text inside and nothing else.
    Html element(String name, String text) {
        return raw("<" + name + ">").text(text).raw("</" + name + ">");
    }

    /// As above, with a class.
    Html element(String name, String cssClass, String text) {
        return raw("<" + name + " class=\"")
                .text(cssClass)
                .raw("\">")
                .text(text)
                .raw("</" + name + ">");
    }

    /// Control characters, and those that turn the direction of the text around them.
    private static boolean isForbidden(char c) {
        return (c < ' ' && c != '\n' && c != '\t')
                || (c >= '\u007f' && c <= '\u009f')
                || (c >= '\u202a' && c <= '\u202e')
                || (c >= '\u2066' && c <= '\u2069');
    }

    @Override
    public String toString() {
        return out.toString();
    }
}
