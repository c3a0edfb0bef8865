package dev.belay.supervisor.merge;

import dev.belay.supervisor.merge.PropertiesParser.Malformed;
import dev.belay.supervisor.merge.Sides.Whose;
import java.util.List;
import java.util.Optional;

/// Merges Java properties by keys into the admin's file, whose order, comments, separators and
/// continuation lines stay as they are.
final class PropertiesMerger implements ConfigMerger {
    @Override
    public MergeResult merge(MergeInput input) {
        return WholeFile.decide(input).orElseGet(() -> mergeContents(input));
    }

    private static MergeResult mergeContents(MergeInput input) {
        Sides sides = Sides.of(input);
        PropertiesMerge merge =
                new PropertiesMerge(sides.base().text(), sides.local(), sides.incoming().text());
        merge.merge(
                "",
                parse(input, sides.base(), Whose.BASE),
                parse(input, sides.local(), Whose.LOCAL),
                parse(input, sides.incoming(), Whose.INCOMING));
        return sides.local()
                .encode(merge.splices.applyTo(sides.local().text()), ConfigFormat.PROPERTIES)
                .map(bytes -> new MergeResult(Optional.of(bytes), merge.decisions, merge.conflicts))
                .orElseGet(() -> WholeFile.localStands(input));
    }

    private static List<PropertiesPiece> parse(MergeInput input, ConfigText text, Whose whose) {
        try {
            return PropertiesParser.parse(text.text());
        } catch (Malformed e) {
            throw Sides.unmergeable(
                    input,
                    whose,
                    ConfigText.lineOf(text.text(), e.offset()),
                    String.valueOf(e.getMessage()));
        }
    }
}
