package dev.belay.supervisor.merge;

import dev.belay.supervisor.merge.MergeResult.Conflict;
import dev.belay.supervisor.merge.MergeResult.Decision;
import dev.belay.supervisor.merge.MergeResult.Side;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;

/// Merges lists of pieces three ways into splices of the admin's file. The rules are in
/// `docs/config-merge.md`; formats say what a piece is and how two of them merge.
abstract class SiblingMerge {
    final ConfigText local;
    final String incoming;
    final Splices splices = new Splices();
    final List<Decision> decisions = new ArrayList<>();
    final List<Conflict> conflicts = new ArrayList<>();

    SiblingMerge(ConfigText local, String incoming) {
        this.local = local;
        this.incoming = incoming;
    }

    /// The name of a piece among its siblings, for decisions.
    abstract String location(String parent, Piece piece, List<? extends Piece> siblings);

    /// Merges pieces that all three sides have and that are not all the same.
    abstract void mergeContent(String location, Piece base, Piece mine, Piece theirs);

    /// Puts text into a parent that has no pieces in the admin's file.
    abstract void fillEmpty(String text);

    /// What separates two pieces for which the vendor's file has a blank without a line end.
    abstract String between(String blank);

    /// Whether the vendor's new piece is one that the admin has in another form, for example
    /// commented out there and in force here.
    abstract boolean alreadyThere(Piece theirs, List<? extends Piece> mine);

    /// Merges one level.
    final void merge(
            String parent,
            List<? extends Piece> base,
            List<? extends Piece> mine,
            List<? extends Piece> theirs) {
        Matching toMine = Matching.ofStates(base, mine);
        Matching toTheirs = Matching.ofStates(base, theirs);
        List<Piece> addedHere = without(mine, toMine);
        List<Piece> addedThere = without(theirs, toTheirs);
        Matching added = Matching.ofAdditions(addedHere, addedThere);

        for (Piece piece : mine) {
            Optional<Piece> origin = toMine.backward(piece);
            Optional<Piece> next = origin.flatMap(toTheirs::forward);
            if (next.isPresent() && unchanged(origin.get(), piece, next.get())) {
                continue;
            }
            String location = location(parent, piece, mine);
            if (origin.isEmpty()) {
                keepAddition(location, piece, added.forward(piece));
            } else if (next.isPresent()) {
                mergeMatched(location, origin.get(), piece, next.get());
            } else {
                removedThere(location, origin.get(), piece, mine);
            }
        }
        for (Piece piece : base) {
            if (toMine.forward(piece).isEmpty()) {
                removedHere(location(parent, piece, base), piece, toTheirs.forward(piece));
            }
        }
        IdentityHashMap<Piece, Piece> anchors = new IdentityHashMap<>();
        for (Piece piece : theirs) {
            Optional<Piece> counterpart =
                    toTheirs.backward(piece)
                            .flatMap(toMine::forward)
                            .or(() -> added.backward(piece));
            counterpart.ifPresent(it -> anchors.put(piece, it));
        }
        List<Piece> missing = new ArrayList<>(addedThere);
        missing.removeIf(piece -> added.backward(piece).isPresent());
        if (mine.isEmpty()) {
            fill(parent, missing, theirs);
        } else {
            missing.forEach(piece -> insert(parent, piece, mine, theirs, anchors, toMine));
        }
    }

    private void fill(String parent, List<Piece> missing, List<? extends Piece> theirs) {
        if (missing.isEmpty()) {
            return;
        }
        StringBuilder text = new StringBuilder();
        for (Piece piece : missing) {
            text.append(incoming, blankBefore(incoming, piece, theirs), piece.end());
            decide(location(parent, piece, theirs), Side.INCOMING, "added by the new release");
        }
        int end = missing.getLast().end();
        text.append(incoming, end, blankAfter(incoming, end));
        fillEmpty(local.adopt(text.toString()));
    }

    private static List<Piece> without(List<? extends Piece> pieces, Matching matching) {
        List<Piece> rest = new ArrayList<>();
        for (Piece piece : pieces) {
            if (matching.backward(piece).isEmpty()) {
                rest.add(piece);
            }
        }
        return rest;
    }

    private void keepAddition(String location, Piece mine, Optional<Piece> theirs) {
        boolean same = theirs.isEmpty() || theirs.get().canonical().equals(mine.canonical());
        if (same || mine.isComment()) {
            decide(location, Side.LOCAL, "added on this host, kept");
        } else {
            conflict(location, Optional.empty(), Optional.of(mine), theirs);
        }
    }

    private static boolean unchanged(Piece base, Piece mine, Piece theirs) {
        return base.canonical().equals(mine.canonical())
                && base.canonical().equals(theirs.canonical());
    }

    private void mergeMatched(String location, Piece base, Piece mine, Piece theirs) {
        String was = base.canonical();
        boolean changedHere = !was.equals(mine.canonical());
        if (mine.isComment()) {
            if (changedHere) {
                decide(location, Side.LOCAL, "comment changed on this host, kept");
            } else {
                splices.replace(mine.start(), mine.end(), adopt(theirs, mine));
                decide(location, Side.INCOMING, "comment changed by the new release");
            }
            return;
        }
        mergeContent(location, base, mine, theirs);
    }

    private void removedThere(
            String location, Piece base, Piece mine, List<? extends Piece> siblings) {
        if (base.canonical().equals(mine.canonical())) {
            splices.delete(blankBefore(local.text(), mine, siblings), mine.end());
            decide(location, Side.INCOMING, "removed by the new release");
        } else if (mine.isComment()) {
            decide(location, Side.LOCAL, "comment changed on this host, kept");
        } else {
            conflict(location, Optional.of(base), Optional.of(mine), Optional.empty());
        }
    }

    private void removedHere(String location, Piece base, Optional<Piece> theirs) {
        if (theirs.isEmpty()) {
            return;
        }
        boolean same = theirs.get().canonical().equals(base.canonical());
        if (same || base.isComment()) {
            decide(location, Side.LOCAL, "removed on this host, stays removed");
        } else {
            conflict(location, Optional.of(base), Optional.empty(), theirs);
        }
    }

    private void insert(
            String parent,
            Piece piece,
            List<? extends Piece> mine,
            List<? extends Piece> theirs,
            IdentityHashMap<Piece, Piece> anchors,
            Matching toMine) {
        String location = location(parent, piece, theirs);
        if (alreadyThere(piece, mine)) {
            decide(location, Side.LOCAL, "there already on this host, not added again");
            return;
        }
        decide(location, Side.INCOMING, "added by the new release");
        int index = theirs.indexOf(piece);
        for (int i = index - 1; i >= 0; i--) {
            Piece anchor = anchors.get(theirs.get(i));
            if (anchor != null) {
                Piece last = withRemarks(anchor, mine, toMine);
                splices.insert(last.end(), before(piece, theirs, anchor) + adopt(piece, anchor));
                return;
            }
        }
        for (int i = index + 1; i < theirs.size(); i++) {
            Piece anchor = anchors.get(theirs.get(i));
            if (anchor != null) {
                splices.insert(anchor.start(), adopt(piece, anchor) + after(piece, anchor));
                return;
            }
        }
        Piece last = mine.getLast();
        splices.insert(last.end(), before(piece, theirs, last) + adopt(piece, last));
    }

    /// The anchor, or the admin's own remark behind it on the same line.
    private Piece withRemarks(Piece anchor, List<? extends Piece> mine, Matching toMine) {
        Piece last = anchor;
        for (int i = mine.indexOf(anchor) + 1; i < mine.size(); i++) {
            Piece next = mine.get(i);
            boolean sameLine = local.text().substring(last.end(), next.start()).indexOf('\n') < 0;
            if (!next.isComment() || !sameLine || toMine.backward(next).isPresent()) {
                break;
            }
            last = next;
        }
        return last;
    }

    /// The vendor's blank space before a piece, from its first line end and indented like its new
    /// neighbour: what stands before that line end would become part of a property's value.
    private String before(Piece piece, List<? extends Piece> theirs, Piece anchor) {
        String blank = incoming.substring(blankBefore(incoming, piece, theirs), piece.start());
        int line = blank.indexOf('\n');
        return local.adopt(
                line < 0
                        ? between(blank)
                        : blank.substring(line, blank.lastIndexOf('\n') + 1) + indent(anchor));
    }

    private String after(Piece theirs, Piece anchor) {
        String blank = incoming.substring(theirs.end(), blankAfter(incoming, theirs.end()));
        int line = blank.lastIndexOf('\n');
        return local.adopt(
                line < 0 ? between(blank) : blank.substring(0, line + 1) + indent(anchor));
    }

    /// The vendor's piece with this file's line ends and its neighbour's indentation.
    final String adopt(Piece theirs, Piece neighbour) {
        String text = ConfigText.unix(incoming.substring(theirs.start(), theirs.end()));
        String foreign = indentAt(incoming, theirs.start());
        String own = indent(neighbour);
        if (!foreign.equals(own)) {
            text = text.replace("\n" + foreign, "\n" + own);
        }
        return local.adopt(text);
    }

    private String indent(Piece mine) {
        return indentAt(local.text(), mine.start());
    }

    /// The blank characters between a line's start and an offset; nothing if others are there too.
    private static String indentAt(String text, int offset) {
        int line = text.lastIndexOf('\n', offset - 1) + 1;
        String head = text.substring(line, offset);
        return head.isBlank()
                ? head
                : head.substring(0, head.length() - head.stripLeading().length());
    }

    /// Where the blank space before a piece begins. Blank at the end of the sibling before it is
    /// part of that one: in a property it belongs to the value.
    private static int blankBefore(String text, Piece piece, List<? extends Piece> siblings) {
        int index =
                Collections.binarySearch(siblings, piece, Comparator.comparingInt(Piece::start));
        int from = index > 0 ? siblings.get(index - 1).end() : 0;
        return Math.max(from, blankBefore(text, piece.start()));
    }

    /// Where the blank space before an offset begins.
    static int blankBefore(String text, int offset) {
        int start = offset;
        while (start > 0 && Character.isWhitespace(text.charAt(start - 1))) {
            start--;
        }
        return start;
    }

    /// Where the blank space after an offset ends.
    static int blankAfter(String text, int offset) {
        int end = offset;
        while (end < text.length() && Character.isWhitespace(text.charAt(end))) {
            end++;
        }
        return end;
    }

    final void decide(String location, Side side, String words) {
        decisions.add(new Decision(location, side, words));
    }

    final void conflict(
            String location, Optional<Piece> base, Optional<Piece> mine, Optional<Piece> theirs) {
        conflictOf(
                location,
                base.map(Piece::canonical),
                mine.map(Piece::canonical),
                theirs.map(Piece::canonical));
    }

    final void conflictOf(
            String location,
            Optional<String> base,
            Optional<String> mine,
            Optional<String> theirs) {
        conflicts.add(new Conflict(location, base, mine, theirs));
    }
}
