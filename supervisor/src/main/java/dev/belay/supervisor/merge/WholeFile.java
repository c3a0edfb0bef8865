package dev.belay.supervisor.merge;

import dev.belay.supervisor.merge.MergeResult.Conflict;
import dev.belay.supervisor.merge.MergeResult.Decision;
import dev.belay.supervisor.merge.MergeResult.Side;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// What needs no look inside a file: sides that are absent or equal.
final class WholeFile {
    /// The location of a decision about the whole file.
    static final String LOCATION = "file";

    private WholeFile() {}

    /// The result if the sides as a whole decide it; empty if the contents must be merged.
    static Optional<MergeResult> decide(MergeInput input) {
        Optional<byte[]> base = input.base();
        Optional<byte[]> local = input.local();
        Optional<byte[]> incoming = input.incoming();
        if (same(local, incoming)) {
            return Optional.of(new MergeResult(local, List.of(), List.of()));
        }
        if (same(base, incoming)) {
            return Optional.of(taken(local, Side.LOCAL, keptWords(base, local)));
        }
        if (same(base, local)) {
            return Optional.of(taken(incoming, Side.INCOMING, takenWords(base, incoming)));
        }
        if (base.isPresent() && local.isPresent() && incoming.isPresent()) {
            return Optional.empty();
        }
        return Optional.of(localStands(input));
    }

    /// The admin's side stands as it is, and the difference is a conflict.
    static MergeResult localStands(MergeInput input) {
        Conflict conflict =
                new Conflict(
                        LOCATION,
                        input.base().map(WholeFile::words),
                        input.local().map(WholeFile::words),
                        input.incoming().map(WholeFile::words));
        return new MergeResult(input.local(), List.of(), List.of(conflict));
    }

    private static String words(byte[] content) {
        return content.length + " bytes";
    }

    private static MergeResult taken(Optional<byte[]> content, Side side, String words) {
        return new MergeResult(content, List.of(new Decision(LOCATION, side, words)), List.of());
    }

    private static String keptWords(Optional<byte[]> base, Optional<byte[]> local) {
        if (local.isEmpty()) {
            return "removed on this host, stays removed";
        }
        return base.isEmpty() ? "added on this host, kept" : "changed on this host, kept";
    }

    private static String takenWords(Optional<byte[]> base, Optional<byte[]> incoming) {
        if (incoming.isEmpty()) {
            return "removed by the new release";
        }
        return base.isEmpty() ? "added by the new release" : "changed by the new release";
    }

    private static boolean same(Optional<byte[]> a, Optional<byte[]> b) {
        return a.isPresent() == b.isPresent()
                && (a.isEmpty() || Arrays.equals(a.get(), b.orElseThrow()));
    }
}
