package dev.belay.supervisor.transaction;

/// What a hop is going to change, as its journal names it before the first act. Directories are
/// relative to the home.
///
/// @param number 1-based position in the run
/// @param from version before
/// @param to version after
/// @param digest signed digest of the bundle; empty for a way back, which has none
/// @param before where the trees in use are set aside to
/// @param next where the trees come from that take their place
/// @param failed where those go if the hop fails. For a way back it is where they came from
record HopIntent(
        int number,
        String from,
        String to,
        String digest,
        String before,
        String next,
        String failed) {
    /// A move to a newer release: the working copies are made in the run's own directory.
    static HopIntent forward(
            String transaction, int number, String from, String to, String digest) {
        String own = ".supervisor/aside/" + transaction + "/" + number + "/";
        return new HopIntent(
                number, from, to, digest, own + "before", own + "work", own + "failed");
    }

    /// The way back to the release before: its own trees, kept since `earlier`, return to their
    /// place, and if that fails they go back to where they were kept.
    static HopIntent back(String transaction, HopIntent earlier) {
        return new HopIntent(
                1,
                earlier.to(),
                earlier.from(),
                "",
                ".supervisor/aside/" + transaction + "/1/before",
                earlier.before(),
                earlier.before());
    }

    /// Whether this leads back to trees that were kept.
    boolean isBack() {
        return next.equals(failed);
    }
}
