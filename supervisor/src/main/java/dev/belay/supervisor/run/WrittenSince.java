package dev.belay.supervisor.run;

import dev.belay.packaging.failure.RefusedException;
import dev.belay.supervisor.database.RowCounts;
import dev.belay.supervisor.deployment.Deployment;
import dev.belay.supervisor.deployment.Home;
import dev.belay.supervisor.deployment.TreeSize;
import dev.belay.supervisor.transaction.HopIntent;
import dev.belay.supervisor.words.Times;
import dev.belay.versys.release.DatabaseDeclaration;
import dev.belay.versys.version.Version;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What the config and data in use would lose if older ones took their place.
///
/// @param files relative to the home, at least one
/// @param rows which tables have other rows than before, in words, as far as that can be counted
/// @param since the moment from which on they were written
record WrittenSince(List<String> files, List<String> rows, Instant since) {
    private static final int NAMED = 3;

    /// Empty if nothing was written.
    ///
    /// @param hop whose trees would come back
    static Optional<WrittenSince> find(Home home, HopIntent hop, Instant since) {
        return find(home.root(), since)
                .map(written -> new WrittenSince(written.files(), rows(home, hop), since));
    }

    /// Of the databases that the release before had; what it does not know it could not lose.
    private static List<String> rows(Home home, HopIntent hop) {
        if (!home.has(hop.from())) {
            return List.of();
        }
        Path kept = home.root().resolve(hop.before()).resolve("data");
        List<String> words = new ArrayList<>();
        for (DatabaseDeclaration database :
                Deployment.open(home, hop.from()).descriptor().databases()) {
            RowCounts.of(database, kept.resolve(database.file()))
                    .flatMap(before ->
                            RowCounts.of(database, home.data().resolve(database.file()))
                                    .map(now -> now.since(before)))
                    .ifPresent(words::addAll);
        }
        return words;
    }

    /// The files alone.
    ///
    /// @param trees holds `data` and `config`
    static Optional<WrittenSince> find(Path trees, Instant since) {
        List<String> written = new ArrayList<>();
        for (String tree : List.of("data", "config")) {
            TreeSize.writtenAfter(trees.resolve(tree), since)
                    .forEach(f -> written.add(tree + "/" + f));
        }
        return written.isEmpty()
                ? Optional.empty()
                : Optional.of(new WrittenSince(written, List.of(), since));
    }

    /// @param back the release that would take the place of the one in use
    String words(Version back) {
        return files.size()
                + " file(s) were written since "
                + Times.utc(since)
                + ", for example "
                + named(files)
                + "; "
                + (rows.isEmpty() ? "" : named(rows) + "; ")
                + back
                + " would not have what is in them";
    }

    private static String named(List<String> all) {
        int more = all.size() - NAMED;
        return String.join(", ", all.subList(0, Math.min(NAMED, all.size())))
                + (more > 0 ? " and " + more + " more" : "");
    }

    /// @param back as above
    RefusedException refusal(Version back) {
        return new RefusedException(
                "data-would-be-lost",
                words(back) + ". Nothing was changed.",
                "To go back all the same: supervisor rollback --yes. What is in use now is set"
                        + " aside and kept.");
    }
}
