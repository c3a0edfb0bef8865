package dev.belay.supervisor.merge;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/// Which piece of one file became which piece of the other. Three passes, the surest first: pieces
/// that are equal (first those in the same order), pieces with the same identity, then the most
/// alike.
final class Matching {
    /// Below this share of common features, two pieces are strangers.
    private static final double ALIKE = 0.25;

    /// From this share on, two pieces with different names are one that was renamed, and two
    /// without names that were added independently are the same.
    private static final double VERY_ALIKE = 0.5;

    /// Pieces compared one by one; longer rests are matched in order, to stay fast on any input.
    private static final int MANY = 400;

    private final IdentityHashMap<Piece, Piece> forward = new IdentityHashMap<>();
    private final IdentityHashMap<Piece, Piece> backward = new IdentityHashMap<>();
    private final boolean states;
    private final List<? extends Piece> from;
    private final List<? extends Piece> to;

    /// Matches a file with a later state of it.
    static Matching ofStates(List<? extends Piece> before, List<? extends Piece> after) {
        return new Matching(before, after, true);
    }

    /// Matches what two people added independently: nothing was ever renamed here.
    static Matching ofAdditions(List<? extends Piece> ones, List<? extends Piece> others) {
        return new Matching(ones, others, false);
    }

    private Matching(
            List<? extends Piece> from, List<? extends Piece> to, boolean stateOfTheOther) {
        this.from = from;
        this.to = to;
        this.states = stateOfTheOther;
        EqualRuns.pair(from, to, this::pair);
        pairInOrder(Matching::content);
        pairInOrder(piece -> piece.identity().map(identity -> piece.kind() + "\0" + identity));
        pairAlike();
    }

    /// The counterpart of a piece of the first list.
    Optional<Piece> forward(Piece piece) {
        return Optional.ofNullable(forward.get(piece));
    }

    /// The counterpart of a piece of the second list.
    Optional<Piece> backward(Piece piece) {
        return Optional.ofNullable(backward.get(piece));
    }

    private void pair(Piece a, Piece b) {
        forward.put(a, b);
        backward.put(b, a);
    }

    /// Pairs the n-th piece with a key in one list with the n-th in the other.
    private void pairInOrder(Function<Piece, Optional<String>> key) {
        Map<String, Deque<Piece>> waiting = new HashMap<>();
        for (Piece piece : to) {
            if (!backward.containsKey(piece)) {
                key.apply(piece)
                        .ifPresent(it ->
                                waiting.computeIfAbsent(it, _ -> new ArrayDeque<>()).add(piece));
            }
        }
        for (Piece piece : from) {
            if (forward.containsKey(piece)) {
                continue;
            }
            key.apply(piece)
                    .map(waiting::get)
                    .filter(queue -> !queue.isEmpty())
                    .ifPresent(queue -> pair(piece, queue.remove()));
        }
    }

    /// What is equal wherever it stands; a comment without words could be any other one.
    private static Optional<String> content(Piece piece) {
        return wordless(piece)
                ? Optional.empty()
                : Optional.of(piece.kind() + "\0" + piece.canonical());
    }

    private static boolean wordless(Piece piece) {
        return piece.isComment() && piece.features().isEmpty();
    }

    private record Candidate(Piece a, Piece b, double likeness, int distance) {}

    private void pairAlike() {
        List<Piece> restFrom = rest(from, forward);
        List<Piece> restTo = rest(to, backward);
        List<Candidate> candidates = new ArrayList<>();
        for (int i = 0; i < Math.min(MANY, restFrom.size()); i++) {
            for (int j = 0; j < Math.min(MANY, restTo.size()); j++) {
                Piece a = restFrom.get(i);
                Piece b = restTo.get(j);
                if (a.kind().equals(b.kind()) && !strangers(a, b)) {
                    boolean onlyOnes =
                            states
                                    && count(restFrom, a.kind()) == 1
                                    && count(restTo, b.kind()) == 1;
                    double likeness = onlyOnes ? likenessOfLast(a, b) : likeness(a, b);
                    if (likeness >= (states && !named(a, b) ? ALIKE : VERY_ALIKE)) {
                        candidates.add(new Candidate(a, b, likeness, Math.abs(i - j)));
                    }
                }
            }
        }
        candidates.sort(
                Comparator.comparingDouble(Candidate::likeness)
                        .reversed()
                        .thenComparingInt(Candidate::distance));
        for (Candidate candidate : candidates) {
            if (!forward.containsKey(candidate.a()) && !backward.containsKey(candidate.b())) {
                pair(candidate.a(), candidate.b());
            }
        }
    }

    private static List<Piece> rest(
            List<? extends Piece> pieces, IdentityHashMap<Piece, Piece> matched) {
        List<Piece> rest = new ArrayList<>();
        for (Piece piece : pieces) {
            if (!matched.containsKey(piece)) {
                rest.add(piece);
            }
        }
        return rest;
    }

    /// Two pieces with identities that differ are two things, unless each is the only one of its
    /// kind: then one was renamed.
    private boolean strangers(Piece a, Piece b) {
        if (wordless(a) || wordless(b)) {
            return true;
        }
        if (!named(a, b)) {
            return false;
        }
        return !states || count(from, a.kind()) > 1 || count(to, b.kind()) > 1;
    }

    /// With one of a kind left on each side, a common outline is enough, unless they have names.
    /// The only one that there ever was on each side is the same one, however much of it changed.
    private double likenessOfLast(Piece a, Piece b) {
        if (named(a, b)) {
            return likeness(a, b);
        }
        boolean only = count(from, a.kind()) == 1 && count(to, b.kind()) == 1;
        if ((only && !a.isComment()) || a.outline().isEmpty() || b.outline().isEmpty()) {
            return 1;
        }
        return Math.max(likeness(a, b), share(a.outline(), b.outline()));
    }

    private static boolean named(Piece a, Piece b) {
        return a.identity().isPresent() || b.identity().isPresent();
    }

    private static long count(List<? extends Piece> pieces, String kind) {
        return pieces.stream().filter(piece -> piece.kind().equals(kind)).count();
    }

    /// Common features in proportion to all features (Jaccard), 0 to 1.
    static double likeness(Piece a, Piece b) {
        return share(a.features(), b.features());
    }

    private static double share(Set<String> a, Set<String> b) {
        Set<String> all = new HashSet<>(a);
        all.addAll(b);
        if (all.isEmpty()) {
            return 1;
        }
        Set<String> common = new HashSet<>(a);
        common.retainAll(b);
        return (double) common.size() / all.size();
    }
}
