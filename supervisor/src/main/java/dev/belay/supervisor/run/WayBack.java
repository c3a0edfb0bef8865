package dev.belay.supervisor.run;

import dev.belay.packaging.failure.RefusedException;
import dev.belay.supervisor.deployment.Home;
import dev.belay.supervisor.status.RunKind;
import dev.belay.supervisor.status.Step;
import dev.belay.supervisor.transaction.HopIntent;
import dev.belay.supervisor.transaction.HopPlan;
import dev.belay.supervisor.transaction.JournalFile;
import dev.belay.supervisor.transaction.JournalRecord;
import dev.belay.versys.version.Version;
import java.nio.file.Files;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The way back to the release before, on request: its own config and data, kept since the switch,
/// return by rename; what is in use now is set aside and kept.
///
/// @param hop the committed hop that led to the installed release
/// @param since from when on the installed release has been watched by nobody: it was committed
///   then, or started, if the run was interrupted after that
record WayBack(HopIntent hop, Instant since) {
    /// Finds out whether there is a way back, before anything is changed.
    ///
    /// @throws RefusedException `nothing-to-roll-back`, or `data-would-be-lost` unless accepted
    static WayBack find(Home home, boolean acceptDataLoss) {
        WayBack way =
                last(home)
                        .orElseThrow(() ->
                                new RefusedException(
                                        "nothing-to-roll-back",
                                        "No earlier release with its configuration and data"
                                                + " is kept on this host. Nothing was"
                                                + " changed.",
                                        "Restore a backup instead: supervisor backup list"));
        if (!acceptDataLoss) {
            WrittenSince.find(home, way.hop(), way.since())
                    .ifPresent(written -> {
                        throw written.refusal(way.hop().from());
                    });
        }
        return way;
    }

    /// The one that there is, whatever it would lose.
    static Optional<WayBack> last(Home home) {
        Version installed = home.installed().orElse(null);
        for (String transaction : JournalFile.transactions(home.journal()).reversed()) {
            for (WayBack candidate :
                    committed(JournalFile.read(home.journal(), transaction)).reversed()) {
                HopIntent hop = candidate.hop();
                if (hop.kind() != RunKind.ROLLBACK
                        && hop.kind() != RunKind.RETURN
                        && hop.to().equals(installed)
                        && home.has(hop.from())
                        && Files.isDirectory(home.root().resolve(hop.before()).resolve("data"))) {
                    return Optional.of(candidate);
                }
            }
        }
        return Optional.empty();
    }

    private static List<WayBack> committed(List<JournalRecord> records) {
        List<WayBack> hops = new ArrayList<>();
        Optional<HopIntent> hop = Optional.empty();
        Optional<Instant> started = Optional.empty();
        boolean watched = true;
        for (JournalRecord entry : records) {
            switch (entry) {
                case JournalRecord.HopBegun begun -> {
                    hop = Optional.of(begun.hop());
                    started = Optional.empty();
                    watched = true;
                }
                case JournalRecord.StepBegun(Instant at, int _, Step step)
                        when step == Step.START -> {
                    watched = started.isEmpty();
                    started = started.or(() -> Optional.of(at));
                }
                case JournalRecord.Committed(Instant at, int _) -> {
                    Instant since = watched ? at : started.orElse(at);
                    hop.ifPresent(intent -> hops.add(new WayBack(intent, since)));
                }
                default -> {}
            }
        }
        return hops;
    }

    /// The hop that goes it.
    HopPlan plan(String transaction) {
        return new HopPlan.Back(HopIntent.back(transaction, hop));
    }
}
