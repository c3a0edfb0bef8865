package dev.belay.supervisor.merge;

import dev.belay.supervisor.merge.MergeResult.Side;
import dev.belay.supervisor.merge.XmlPiece.Attribute;
import dev.belay.supervisor.merge.XmlPiece.Element;
import dev.belay.supervisor.merge.XmlPiece.Leaf;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// One three-way merge of an XML file: attributes one by one, children as siblings.
final class XmlMerge extends SiblingMerge {
    /// Elements at least this alike are the same one, commented out on one side.
    private static final double SAME = 0.5;

    private Optional<Element> parent = Optional.empty();

    XmlMerge(ConfigText local, String incoming) {
        super(local, incoming);
    }

    @Override
    String location(String above, Piece piece, List<? extends Piece> siblings) {
        String prefix = above.isEmpty() ? "" : above + "/";
        String step = piece.kind();
        if (piece instanceof Leaf) {
            step = piece.kind().equals("#text") ? "text()" : piece.kind().substring(1) + "()";
        }
        List<? extends Piece> same =
                siblings.stream().filter(it -> it.kind().equals(piece.kind())).toList();
        return prefix + step + (same.size() > 1 ? "[" + (same.indexOf(piece) + 1) + "]" : "");
    }

    @Override
    void mergeContent(String location, Piece base, Piece mine, Piece theirs) {
        if (base instanceof Element was
                && mine instanceof Element here
                && theirs instanceof Element there) {
            attributes(location, was, here, there);
            Optional<Element> outer = parent;
            parent = Optional.of(here);
            merge(location, was.children, here.children, there.children);
            parent = outer;
        } else if (base.canonical().equals(mine.canonical())) {
            splices.replace(mine.start(), mine.end(), adopt(theirs, mine));
            decide(location, Side.INCOMING, "changed by the new release");
        } else if (base.canonical().equals(theirs.canonical())
                || mine.canonical().equals(theirs.canonical())) {
            decide(location, Side.LOCAL, "changed on this host, kept");
        } else {
            conflict(location, Optional.of(base), Optional.of(mine), Optional.of(theirs));
        }
    }

    private void attributes(String location, Element base, Element mine, Element theirs) {
        Set<String> names = new LinkedHashSet<>();
        theirs.attributes.forEach(it -> names.add(it.name()));
        mine.attributes.forEach(it -> names.add(it.name()));
        for (String name : names) {
            Optional<String> was = base.attribute(name).map(Attribute::value);
            Optional<String> here = mine.attribute(name).map(Attribute::value);
            Optional<String> there = theirs.attribute(name).map(Attribute::value);
            String place = location + "/@" + name;
            if (was.equals(there) || here.equals(there)) {
                if (!here.equals(was)) {
                    decide(place, Side.LOCAL, words(here, there, "on this host, kept"));
                }
            } else if (was.equals(here)) {
                take(name, mine, theirs);
                decide(place, Side.INCOMING, words(there, was, "by the new release"));
            } else {
                conflictOf(place, was, here, there);
            }
        }
    }

    private static String words(Optional<String> now, Optional<String> before, String by) {
        String from = before.map(it -> " (was " + it + ")").orElse("");
        return now.map(it -> "set to " + it + " " + by + from).orElse("removed " + by);
    }

    /// Brings one attribute to the vendor's value.
    private void take(String name, Element mine, Element theirs) {
        Optional<Attribute> here = mine.attribute(name);
        Optional<Attribute> there = theirs.attribute(name);
        if (there.isEmpty()) {
            here.ifPresent(it -> splices.delete(blankBefore(local.text(), it.start()), it.end()));
            return;
        }
        String raw = incoming.substring(there.get().start(), there.get().end());
        if (here.isPresent()) {
            splices.replace(here.get().start(), here.get().end(), local.adopt(raw));
            return;
        }
        int index = theirs.attributes.indexOf(there.get());
        int place = mine.nameEnd;
        for (int i = index - 1; i >= 0; i--) {
            Optional<Attribute> anchor = mine.attribute(theirs.attributes.get(i).name());
            if (anchor.isPresent()) {
                place = anchor.get().end();
                break;
            }
        }
        splices.insert(place, " " + local.adopt(raw));
    }

    @Override
    void fillEmpty(String text) {
        Element element =
                parent.orElseThrow(() -> new IllegalStateException("a document has a root"));
        if (!element.selfClosing) {
            splices.insert(element.openEnd, text);
            return;
        }
        splices.replace(
                element.openEnd - "/>".length(),
                element.openEnd,
                ">" + text + "</" + element.name + ">");
    }

    @Override
    String between(String blank) {
        return blank;
    }

    /// A commented-out block of the vendor's that the admin has in force, or the other way round.
    @Override
    boolean alreadyThere(Piece theirs, List<? extends Piece> mine) {
        if (!(theirs instanceof Leaf comment) || !comment.isComment()) {
            return false;
        }
        String inside =
                incoming.substring(
                        comment.start() + "<!--".length(), comment.end() - "-->".length());
        try {
            List<Element> disabled =
                    XmlParser.fragment(inside).stream()
                            .filter(Element.class::isInstance)
                            .map(Element.class::cast)
                            .toList();
            return !disabled.isEmpty() && disabled.stream().allMatch(it -> inForce(it, mine));
        } catch (XmlSyntaxException e) {
            return false;
        }
    }

    private static boolean inForce(Element disabled, List<? extends Piece> mine) {
        return mine.stream()
                .filter(Element.class::isInstance)
                .filter(it -> it.kind().equals(disabled.kind()))
                .anyMatch(it -> Matching.likeness(it, disabled) >= SAME);
    }
}
