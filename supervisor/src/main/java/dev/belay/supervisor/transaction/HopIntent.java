package dev.belay.supervisor.transaction;

import dev.belay.packaging.digest.Digest;
import dev.belay.supervisor.status.RunKind;
import dev.belay.versys.version.Version;
import org.jspecify.annotations.Nullable;

/// What a hop is going to change, as its journal names it before the first act. Directories are
/// relative to the home.
///
/// @param kind what it is for
/// @param number 1-based position in the run
/// @param from version before
/// @param to version after
/// @param digest signed digest of the release that the hop speaks about: the one it leads to, or
///   for a way back the one it leaves; null if that came from a backup
/// @param before where the trees in use are set aside to
/// @param next where the trees come from that take their place
/// @param failed where those go if the hop fails. For a way back it is where they came from
public record HopIntent(
        RunKind kind,
        int number,
        Version from,
        Version to,
        @Nullable Digest digest,
        String before,
        String next,
        String failed) {
    /// Earlier supervisors wrote no kind; what a hop was for shows in its other parts. Their
    /// journals still say where a way back leads.
    public HopIntent {
        if (kind == null) {
            kind =
                    next.equals(failed)
                            ? RunKind.ROLLBACK
                            : digest == null ? RunKind.RESTORE : RunKind.UPDATE;
        }
    }

    /// A move to an offered release: the working copies are made in the run's own directory.
    public static HopIntent update(
            String transaction, int number, Version from, Version to, Digest digest) {
        return forward(RunKind.UPDATE, transaction, number, from, to, digest);
    }

    /// The move to the release and the moment of a backup.
    public static HopIntent restore(String transaction, Version from, Version to) {
        return forward(RunKind.RESTORE, transaction, 1, from, to, null);
    }

    /// The way back to the release before: its own trees, kept since `earlier`, return to their
    /// place, and if that fails they go back to where they were kept.
    public static HopIntent back(String transaction, HopIntent earlier) {
        return new HopIntent(
                RunKind.ROLLBACK,
                1,
                earlier.to(),
                earlier.from(),
                earlier.digest(),
                directory(transaction, 1) + "before",
                earlier.before(),
                earlier.before());
    }

    /// The way back over several hops of one run: the trees that its first hop set aside return to
    /// their place.
    static HopIntent returning(String transaction, int number, HopIntent first, HopIntent last) {
        return new HopIntent(
                RunKind.RETURN,
                number,
                last.to(),
                first.from(),
                last.digest(),
                directory(transaction, number) + "before",
                first.before(),
                first.before());
    }

    private static HopIntent forward(
            RunKind kind,
            String transaction,
            int number,
            Version from,
            Version to,
            @Nullable Digest digest) {
        String own = directory(transaction, number);
        return new HopIntent(
                kind, number, from, to, digest, own + "before", own + "work", own + "failed");
    }

    private static String directory(String transaction, int number) {
        return ".supervisor/aside/" + transaction + "/" + number + "/";
    }
}
