package dev.belay.supervisor.merge;

import dev.belay.supervisor.merge.MergeResult.Side;
import dev.belay.supervisor.merge.PropertiesPiece.Property;
import java.util.List;
import java.util.Optional;

/// One three-way merge of a properties file: values one by one, lines as siblings.
final class PropertiesMerge extends SiblingMerge {
    private final String base;

    PropertiesMerge(String base, ConfigText local, String incoming) {
        super(local, incoming);
        this.base = base;
    }

    @Override
    String location(String parent, Piece piece, List<? extends Piece> siblings) {
        return piece instanceof Property property ? property.key() : "comment";
    }

    @Override
    void mergeContent(String location, Piece was, Piece here, Piece there) {
        if (!(was instanceof Property before
                && here instanceof Property mine
                && there instanceof Property theirs)) {
            throw new IllegalStateException("comments have no content to merge");
        }
        if (before.value().equals(theirs.value()) || mine.value().equals(theirs.value())) {
            decide(
                    location,
                    Side.LOCAL,
                    "set to "
                            + brief(mine.value())
                            + " on this host, kept (was "
                            + brief(before.value())
                            + ")");
        } else if (before.value().equals(mine.value())) {
            set(mine, raw(incoming, theirs));
            decide(
                    location,
                    Side.INCOMING,
                    "set to "
                            + brief(theirs.value())
                            + " by the new release (was "
                            + brief(before.value())
                            + ")");
        } else {
            Optional<String> list =
                    ListValue.merge(
                            ConfigText.unix(raw(base, before)),
                            ConfigText.unix(raw(local.text(), mine)),
                            ConfigText.unix(raw(incoming, theirs)));
            if (list.isPresent()) {
                set(mine, list.get());
                decide(location, Side.INCOMING, "lists of both sides merged item by item");
            } else {
                conflictOf(
                        location,
                        Optional.of(before.value()),
                        Optional.of(mine.value()),
                        Optional.of(theirs.value()));
            }
        }
    }

    private void set(Property mine, String raw) {
        boolean bare = mine.valueStart() == mine.keyEnd();
        splices.replace(mine.valueStart(), mine.end(), (bare ? "=" : "") + local.adopt(raw));
    }

    private static String raw(String text, Property property) {
        return text.substring(property.valueStart(), property.end());
    }

    private static String brief(String value) {
        return value.length() > 60 ? value.substring(0, 57) + "..." : value;
    }

    @Override
    void fillEmpty(String text) {
        splices.insert(local.text().length(), text);
    }

    @Override
    String between(String blank) {
        return "\n";
    }

    /// A commented-out default that the admin has in force is no duplicate: both lines may stand.
    @Override
    boolean alreadyThere(Piece theirs, List<? extends Piece> mine) {
        return false;
    }
}
