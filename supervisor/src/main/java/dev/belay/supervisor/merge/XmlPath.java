package dev.belay.supervisor.merge;

import dev.belay.supervisor.merge.XmlPiece.Element;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A place in an XML file: steps of element names from the root, each with an optional number among
/// its namesakes (`[2]`, 1-based) or an attribute that it must have (`[@name='localhost']`), and at
/// the end an attribute (`@port`) or `text()`. For example `/Server/Service/Connector[1]/@port`.
///
/// @param steps the elements
/// @param attribute the attribute; empty for the element's text
record XmlPath(List<Step> steps, Optional<String> attribute) {
    private static final Pattern STEP =
            Pattern.compile(
                    "([^\\[\\]/@'\"=\\s]+)(?:\\[(?:([1-9][0-9]{0,5})"
                            + "|@([^\\[\\]/@'\"=\\s]+)=(?:'([^']*)'|\"([^\"]*)\"))\\])?");

    /// One element.
    ///
    /// @param position 1-based among those that fit
    record Step(String name, Optional<String> attribute, String value, int position) {
        boolean fits(Element element) {
            return element.name.equals(name)
                    && (attribute.isEmpty()
                            || element.attribute(attribute.get())
                                    .filter(it -> it.value().equals(value))
                                    .isPresent());
        }
    }

    /// Parses a path; empty if it is none.
    static Optional<XmlPath> parse(String text) {
        if (!text.startsWith("/")) {
            return Optional.empty();
        }
        List<String> parts = List.of(text.substring(1).split("/(?=(?:[^']*'[^']*')*[^']*$)", -1));
        String last = parts.getLast();
        boolean attribute = last.matches("@[^\\[\\]/@'\"=\\s]+");
        if (parts.size() < 2 || !(attribute || last.equals("text()"))) {
            return Optional.empty();
        }
        List<Step> steps = new ArrayList<>();
        for (String part : parts.subList(0, parts.size() - 1)) {
            Matcher matcher = STEP.matcher(part);
            if (!matcher.matches()) {
                return Optional.empty();
            }
            Optional<String> name = Optional.ofNullable(matcher.group(3));
            String value =
                    Optional.ofNullable(matcher.group(4))
                            .or(() -> Optional.ofNullable(matcher.group(5)))
                            .orElse("");
            int position = matcher.group(2) == null ? 1 : Integer.parseInt(matcher.group(2));
            steps.add(new Step(matcher.group(1), name, value, position));
        }
        return Optional.of(
                new XmlPath(
                        List.copyOf(steps),
                        attribute ? Optional.of(last.substring(1)) : Optional.empty()));
    }

    /// The element that the steps lead to.
    Optional<Element> element(List<XmlPiece> document) {
        List<? extends XmlPiece> level = document;
        Optional<Element> found = Optional.empty();
        for (Step step : steps) {
            found =
                    level.stream()
                            .filter(Element.class::isInstance)
                            .map(Element.class::cast)
                            .filter(step::fits)
                            .skip(step.position() - 1L)
                            .findFirst();
            if (found.isEmpty()) {
                return found;
            }
            level = found.get().children;
        }
        return found;
    }

    /// The value there.
    Optional<String> value(List<XmlPiece> document) {
        return element(document)
                .flatMap(it ->
                        attribute.isPresent()
                                ? it.attribute(attribute.get()).map(XmlPiece.Attribute::value)
                                : it.text())
                .map(XmlPath::plain);
    }

    /// Resolves the five predefined entities; others stay as they are written.
    private static String plain(String raw) {
        return raw.replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&quot;", "\"")
                .replace("&apos;", "'")
                .replace("&amp;", "&");
    }
}
