package dev.belay.supervisor.merge;

import dev.belay.supervisor.merge.XmlPiece.Attribute;
import dev.belay.supervisor.merge.XmlPiece.Element;
import dev.belay.supervisor.merge.XmlPiece.Leaf;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/// Reads XML 1.0 into nodes that know their place in the text. Lossless: whatever lies between
/// nodes is blank. Entities and doctypes are kept as they are written and never resolved, so an
/// external entity cannot be reached.
final class XmlParser {
    private static final Pattern BLANKS = Pattern.compile("[\\r\\n\\t ]+");
    private static final int MAX_DEPTH = 500;

    private final String text;
    private final List<XmlPiece> top = new ArrayList<>();
    private final Deque<Element> open = new ArrayDeque<>();
    private int at;

    private XmlParser(String text) {
        this.text = text;
    }

    /// The nodes of a whole file: exactly one of them is an element.
    static List<XmlPiece> document(String text) throws XmlSyntaxException {
        List<XmlPiece> top = fragment(text);
        long roots = top.stream().filter(Element.class::isInstance).count();
        if (roots != 1) {
            throw new XmlSyntaxException(
                    roots == 0 ? text.length() : top.getLast().start(),
                    "there is " + (roots == 0 ? "no" : "more than one") + " root element");
        }
        for (XmlPiece piece : top) {
            if (piece instanceof Element root) {
                root.isRoot();
            } else if (piece.kind().equals("#text") || piece.kind().equals("#cdata")) {
                throw new XmlSyntaxException(piece.start(), "there is text outside the root");
            }
        }
        return top;
    }

    /// The nodes of a piece of XML, for example of a comment's content.
    static List<XmlPiece> fragment(String text) throws XmlSyntaxException {
        XmlParser parser = new XmlParser(text);
        parser.run();
        return parser.top;
    }

    private void run() throws XmlSyntaxException {
        while (at < text.length()) {
            if (text.charAt(at) != '<') {
                characters();
            } else if (text.startsWith("<!--", at)) {
                leaf("#comment", "-->", 4);
            } else if (text.startsWith("<![CDATA[", at)) {
                leaf("#cdata", "]]>", 9);
            } else if (text.startsWith("<?", at)) {
                leaf("#pi", "?>", 2);
            } else if (text.startsWith("<!DOCTYPE", at)) {
                doctype();
            } else if (text.startsWith("</", at)) {
                close();
            } else {
                element();
            }
        }
        if (!open.isEmpty()) {
            Element last = open.element();
            throw new XmlSyntaxException(last.start, "<" + last.name + "> is never closed");
        }
    }

    private void add(XmlPiece piece) {
        (open.isEmpty() ? top : open.element().children).add(piece);
    }

    private void characters() throws XmlSyntaxException {
        int end = text.indexOf('<', at);
        end = end < 0 ? text.length() : end;
        String run = text.substring(at, end);
        if (!run.isBlank()) {
            String stripped = run.strip();
            int start = at + run.indexOf(stripped);
            checkReferences(start, stripped);
            add(new Leaf(start, start + stripped.length(), "#text", ConfigText.unix(stripped)));
        }
        at = end;
    }

    private void leaf(String kind, String closing, int head) throws XmlSyntaxException {
        int end = text.indexOf(closing, at + head);
        if (end < 0) {
            throw new XmlSyntaxException(at, "this has no " + closing);
        }
        String inside = text.substring(at + head, end);
        String raw = text.substring(at, end + closing.length());
        if (kind.equals("#comment")) {
            if (inside.contains("--") || inside.endsWith("-")) {
                throw new XmlSyntaxException(at, "a comment must not contain --");
            }
            raw = "<!-- " + inside.strip().replaceAll("\\s+", " ") + " -->";
        }
        String full = kind.equals("#pi") ? "#pi " + inside.split("\\s", 2)[0] : kind;
        add(new Leaf(at, end + closing.length(), full, ConfigText.unix(raw)));
        at = end + closing.length();
    }

    private void doctype() throws XmlSyntaxException {
        int start = at;
        int depth = 0;
        char quote = 0;
        for (; at < text.length(); at++) {
            char c = text.charAt(at);
            if (quote != 0) {
                quote = c == quote ? 0 : quote;
            } else if (text.startsWith("<!--", at)) {
                int end = text.indexOf("-->", at);
                at = end < 0 ? text.length() : end + 2;
            } else if (c == '"' || c == '\'') {
                quote = c;
            } else if (c == '<') {
                depth++;
            } else if (c == '>' && --depth == 0) {
                at++;
                String raw = text.substring(start, at).replaceAll("\\s+", " ");
                add(new Leaf(start, at, "#doctype", raw));
                return;
            }
        }
        throw new XmlSyntaxException(start, "the DOCTYPE has no end");
    }

    private void close() throws XmlSyntaxException {
        int end = text.indexOf('>', at);
        String name = end < 0 ? "" : text.substring(at + 2, end).stripTrailing();
        if (open.isEmpty() || !open.element().name.equals(name)) {
            String expected = open.isEmpty() ? "nothing" : "</" + open.element().name + ">";
            throw new XmlSyntaxException(at, expected + " is to be closed here");
        }
        at = end + 1;
        open.remove().endsAt(at);
    }

    private void element() throws XmlSyntaxException {
        int start = at;
        at++;
        String name = name();
        int nameEnd = at;
        List<Attribute> attributes = new ArrayList<>();
        Set<String> names = new HashSet<>();
        while (true) {
            int before = at;
            blank();
            if (text.startsWith("/>", at) || text.startsWith(">", at)) {
                break;
            }
            if (before == at) {
                throw new XmlSyntaxException(at, "<" + name + " is not closed by >");
            }
            Attribute attribute = attribute();
            if (!names.add(attribute.name())) {
                throw new XmlSyntaxException(
                        attribute.start(), "the attribute " + attribute.name() + " is there twice");
            }
            attributes.add(attribute);
        }
        boolean selfClosing = text.charAt(at) == '/';
        at += selfClosing ? 2 : 1;
        Element element = new Element(name, attributes, start, nameEnd, at, selfClosing);
        add(element);
        if (!selfClosing) {
            if (open.size() >= MAX_DEPTH) {
                throw new XmlSyntaxException(start, "nested deeper than " + MAX_DEPTH);
            }
            open.push(element);
        }
    }

    private Attribute attribute() throws XmlSyntaxException {
        int start = at;
        String name = name();
        blank();
        if (!text.startsWith("=", at)) {
            throw new XmlSyntaxException(start, "the attribute " + name + " has no value");
        }
        at++;
        blank();
        char quote = at < text.length() ? text.charAt(at) : 0;
        int end = quote == '"' || quote == '\'' ? text.indexOf(quote, at + 1) : -1;
        if (end < 0) {
            throw new XmlSyntaxException(start, "the value of " + name + " is not in quotes");
        }
        String value = text.substring(at + 1, end);
        if (value.indexOf('<') >= 0) {
            throw new XmlSyntaxException(start, "the value of " + name + " contains <");
        }
        checkReferences(at + 1, value);
        Attribute attribute =
                new Attribute(
                        name, BLANKS.matcher(value).replaceAll(" "), start, end + 1, at + 1, end);
        at = end + 1;
        return attribute;
    }

    private void checkReferences(int offset, String value) throws XmlSyntaxException {
        for (int and = value.indexOf('&'); and >= 0; and = value.indexOf('&', and + 1)) {
            int semicolon = value.indexOf(';', and);
            String reference = semicolon < 0 ? "" : value.substring(and + 1, semicolon);
            if (!reference.matches("#[0-9]+|#x[0-9A-Fa-f]+|[\\p{L}_:][\\p{L}\\p{N}_:.-]*")) {
                throw new XmlSyntaxException(offset + and, "a bare & must be written &amp;");
            }
        }
    }

    private void blank() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
    }

    private String name() throws XmlSyntaxException {
        int start = at;
        while (at < text.length() && isNameCharacter(text.charAt(at))) {
            at++;
        }
        if (start == at || "-.0123456789".indexOf(text.charAt(start)) >= 0) {
            throw new XmlSyntaxException(start, "a name is missing here");
        }
        return text.substring(start, at);
    }

    private static boolean isNameCharacter(char c) {
        return Character.isLetterOrDigit(c)
                || "_:.-".indexOf(c) >= 0
                || c == '\u00B7'
                || Character.isSurrogate(c)
                || Character.getType(c) == Character.NON_SPACING_MARK;
    }
}
