package dev.belay.supervisor.merge;

import dev.belay.supervisor.merge.Sides.Whose;
import dev.belay.supervisor.merge.XmlPiece.Element;
import java.util.List;
import java.util.Optional;

/// Merges XML by elements and attributes into the admin's file, whose formatting, order and
/// comments stay as they are. Nothing in a file is resolved: no entities, no DTD.
final class XmlMerger implements ConfigMerger {
    private static final String DECLARATION = "#pi xml";

    @Override
    public MergeResult merge(MergeInput input) {
        return WholeFile.decide(input).orElseGet(() -> mergeContents(input));
    }

    private static MergeResult mergeContents(MergeInput input) {
        Sides sides = Sides.of(input);
        List<XmlPiece> base = parse(input, sides.base(), Whose.BASE);
        List<XmlPiece> local = parse(input, sides.local(), Whose.LOCAL);
        List<XmlPiece> incoming = parse(input, sides.incoming(), Whose.INCOMING);
        String root = root(base);
        if (!root.equals(root(local)) || !root.equals(root(incoming))) {
            return WholeFile.localStands(input);
        }
        XmlMerge merge = new XmlMerge(sides.local(), sides.incoming().text());
        merge.merge("", base, local, incoming);
        String merged = merge.splices.applyTo(sides.local().text());
        if (!wellFormed(merged)) {
            // never put a file in place that the product cannot read
            return WholeFile.localStands(input);
        }
        return sides.local()
                .encode(merged, ConfigFormat.XML)
                .map(bytes -> new MergeResult(Optional.of(bytes), merge.decisions, merge.conflicts))
                .orElseGet(() -> WholeFile.localStands(input));
    }

    /// All nodes but the XML declaration: it speaks of the file's own encoding, which stays.
    private static List<XmlPiece> parse(MergeInput input, ConfigText text, Whose whose) {
        try {
            return XmlParser.document(text.text()).stream()
                    .filter(piece -> !piece.kind().equals(DECLARATION))
                    .toList();
        } catch (XmlSyntaxException e) {
            throw Sides.unmergeable(
                    input,
                    whose,
                    ConfigText.lineOf(text.text(), e.offset()),
                    "this is not well-formed XML: " + e.getMessage());
        }
    }

    private static String root(List<XmlPiece> pieces) {
        return pieces.stream()
                .filter(Element.class::isInstance)
                .map(Piece::kind)
                .findFirst()
                .orElseThrow();
    }

    private static boolean wellFormed(String text) {
        try {
            XmlParser.document(text);
            return true;
        } catch (XmlSyntaxException e) {
            return false;
        }
    }
}
