package dev.belay.supervisor.run;

import dev.belay.packaging.failure.RefusedException;
import dev.belay.supervisor.deployment.Home;
import dev.belay.supervisor.deployment.TreeSize;
import dev.belay.supervisor.words.Times;
import dev.belay.versys.version.Version;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What the config and data in use would lose if older ones took their place.
///
/// @param files relative to the home, at least one
/// @param since the moment from which on they were written
record WrittenSince(List<String> files, Instant since) {
    private static final int NAMED = 3;

    /// Empty if nothing was written.
    static Optional<WrittenSince> find(Home home, Instant since) {
        return find(home.root(), since);
    }

    /// As above.
    ///
    /// @param trees holds `data` and `config`
    static Optional<WrittenSince> find(Path trees, Instant since) {
        List<String> written = new ArrayList<>();
        for (String tree : List.of("data", "config")) {
            TreeSize.writtenAfter(trees.resolve(tree), since)
                    .forEach(f -> written.add(tree + "/" + f));
        }
        return written.isEmpty() ? Optional.empty() : Optional.of(new WrittenSince(written, since));
    }

    /// @param back the release that would take the place of the one in use
    String words(Version back) {
        return files.size()
                + " file(s) were written since "
                + Times.utc(since)
                + ", for example "
                + String.join(", ", files.subList(0, Math.min(NAMED, files.size())))
                + "; "
                + back
                + " would not have what is in them";
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
