package dev.belay.supervisor.merge;

import java.util.List;
import java.util.function.BiConsumer;
import org.eclipse.jgit.diff.Edit;
import org.eclipse.jgit.diff.HistogramDiff;
import org.eclipse.jgit.diff.Sequence;
import org.eclipse.jgit.diff.SequenceComparator;

/// Pairs equal pieces that stand in the same order in two lists, as a diff does: among many equal
/// ones (rules of a comment box, say) it finds those with the same neighbours.
final class EqualRuns {
    private EqualRuns() {}

    private static final class Pieces extends Sequence {
        private final List<String> keys;

        Pieces(List<? extends Piece> pieces) {
            keys = pieces.stream().map(piece -> piece.kind() + "\0" + piece.canonical()).toList();
        }

        @Override
        public int size() {
            return keys.size();
        }
    }

    private static final class Comparator extends SequenceComparator<Pieces> {
        @Override
        public boolean equals(Pieces a, int ai, Pieces b, int bi) {
            return a.keys.get(ai).equals(b.keys.get(bi));
        }

        @Override
        public int hash(Pieces pieces, int index) {
            return pieces.keys.get(index).hashCode();
        }
    }

    static void pair(
            List<? extends Piece> from, List<? extends Piece> to, BiConsumer<Piece, Piece> pair) {
        int a = 0;
        int b = 0;
        for (Edit edit :
                new HistogramDiff().diff(new Comparator(), new Pieces(from), new Pieces(to))) {
            while (a < edit.getBeginA()) {
                pair.accept(from.get(a++), to.get(b++));
            }
            a = edit.getEndA();
            b = edit.getEndB();
        }
        while (a < from.size()) {
            pair.accept(from.get(a++), to.get(b++));
        }
    }
}
