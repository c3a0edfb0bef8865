package dev.belay.supervisor.merge;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// A node of an XML file and where it lies in the text. Whitespace between nodes is no node.
sealed interface XmlPiece extends Piece {

    /// An attribute: `name="value"`, from `start` to `end`; the raw value lies between `valueStart`
    /// and `valueEnd`, without its quotes.
    record Attribute(String name, String value, int start, int end, int valueStart, int valueEnd) {}

    /// Anything but an element: `#comment`, `#text`, `#cdata`, `#pi TARGET`, `#doctype`. Nothing in
    /// it is ever resolved.
    record Leaf(int start, int end, String kind, String canonical) implements XmlPiece {
        @Override
        public Optional<String> identity() {
            return Optional.empty();
        }

        @Override
        public Set<String> features() {
            if (!isComment()) {
                // one text among others: the value says nothing about which one it is
                return Set.of(kind);
            }
            Set<String> words = new HashSet<>(List.of(canonical.split("[^\\p{Alnum}]+")));
            words.remove("");
            return words;
        }

        @Override
        public boolean isComment() {
            return kind.equals("#comment");
        }
    }

    /// An element.
    final class Element implements XmlPiece {
        /// Attributes that name a thing, the strongest first.
        private static final List<String> NAMING =
                List.of(
                        "id",
                        "xml:id",
                        "name",
                        "key",
                        "username",
                        "rolename",
                        "path",
                        "className",
                        "class",
                        "ref",
                        "href",
                        "src",
                        "pattern");

        private static final Pattern NAMING_CHILD =
                Pattern.compile("(.*-)?(name|id|key|extension|code|type)");

        final String name;
        final List<Attribute> attributes;
        final int start;
        final int nameEnd;
        final List<XmlPiece> children = new ArrayList<>();
        final boolean selfClosing;

        /// Where the start tag ends, after its `>`.
        final int openEnd;

        private boolean root;
        private int end;
        private Optional<String> canonical = Optional.empty();

        Element(
                String name,
                List<Attribute> attributes,
                int start,
                int nameEnd,
                int openEnd,
                boolean selfClosing) {
            this.name = name;
            this.attributes = List.copyOf(attributes);
            this.start = start;
            this.nameEnd = nameEnd;
            this.openEnd = openEnd;
            this.selfClosing = selfClosing;
            this.end = openEnd;
        }

        void endsAt(int offset) {
            end = offset;
        }

        /// Marks the root: there is one in each file, and it is always the same one.
        void isRoot() {
            root = true;
        }

        @Override
        public int start() {
            return start;
        }

        @Override
        public int end() {
            return end;
        }

        @Override
        public String kind() {
            return name;
        }

        Optional<Attribute> attribute(String wanted) {
            return attributes.stream().filter(it -> it.name().equals(wanted)).findFirst();
        }

        List<Element> elements() {
            return children.stream()
                    .filter(Element.class::isInstance)
                    .map(Element.class::cast)
                    .toList();
        }

        /// The text of an element that holds only text.
        Optional<String> text() {
            return children.size() == 1 && children.getFirst().kind().equals("#text")
                    ? Optional.of(children.getFirst().canonical())
                    : Optional.empty();
        }

        @Override
        public String canonical() {
            if (canonical.isEmpty()) {
                Map<String, String> sorted = new TreeMap<>();
                attributes.forEach(it -> sorted.put(it.name(), it.value()));
                StringBuilder text = new StringBuilder("<").append(name);
                sorted.forEach((key, value) ->
                        text.append(' ').append(key).append("=\"").append(value).append('"'));
                text.append('>');
                children.forEach(child -> text.append(child.canonical()));
                canonical = Optional.of(text.append("</").append(name).append('>').toString());
            }
            return canonical.get();
        }

        /// A naming attribute, or a first child such as `<servlet-name>`.
        @Override
        public Optional<String> identity() {
            if (root) {
                return Optional.of("root");
            }
            for (String naming : NAMING) {
                Optional<Attribute> found = attribute(naming);
                if (found.isPresent()) {
                    return Optional.of(naming + "=" + found.get().value());
                }
            }
            return elements().stream()
                    .findFirst()
                    .filter(child -> NAMING_CHILD.matcher(child.name).matches())
                    .flatMap(child -> child.text().map(text -> child.name + ">" + text));
        }

        @Override
        public Set<String> features() {
            Set<String> features = new HashSet<>();
            for (Attribute attribute : attributes) {
                features.add("@" + attribute.name() + "=" + attribute.value());
            }
            for (XmlPiece child : children) {
                if (!child.isComment()) {
                    features.add("<" + child.kind());
                    features.add(child.canonical());
                }
            }
            return Collections.unmodifiableSet(features);
        }

        @Override
        public Set<String> outline() {
            Set<String> outline = new HashSet<>(features());
            attributes.forEach(attribute -> outline.add("@" + attribute.name()));
            return outline;
        }

        @Override
        public boolean isComment() {
            return false;
        }
    }
}
