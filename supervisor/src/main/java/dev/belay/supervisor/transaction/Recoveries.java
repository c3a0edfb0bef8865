package dev.belay.supervisor.transaction;

import dev.belay.supervisor.deployment.Home;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/// The interrupted runs of a home: usually none, at most one.
final class Recoveries {
    private final Home home;
    private final Accounts accounts;
    private final BiFunction<String, Journal, Run> runs;
    private final Runnable clearStaging;

    /// @param runs makes the context of a run that is taken up again
    /// @param clearStaging removes what an interrupted preparation left
    Recoveries(
            Home home,
            Accounts accounts,
            BiFunction<String, Journal, Run> runs,
            Runnable clearStaging) {
        this.home = home;
        this.accounts = accounts;
        this.runs = runs;
        this.clearStaging = clearStaging;
    }

    /// Whether there is a run that did not come to its end.
    boolean needed() {
        return !open().isEmpty();
    }

    /// Whether one of them only a person can bring to its end.
    boolean needPerson() {
        return open().stream()
                .anyMatch(id -> Recovery.decide(read(id)) instanceof RecoveryAction.NeedsPerson);
    }

    /// Brings them to their end. The caller holds the home's lock.
    ///
    /// @param insist whether a rollback that failed before is tried again
    /// @return the outcome of the last one
    Optional<Outcome> run(boolean insist) {
        Optional<Outcome> last = Optional.empty();
        for (String id : open()) {
            clearStaging.run();
            List<JournalRecord> records = read(id);
            last =
                    ScopedValue.where(TransactionId.CURRENT, id)
                            .call(() -> {
                                try (Journal journal = JournalFile.open(home.own("journal"), id)) {
                                    return new Recoverer(runs.apply(id, journal), accounts)
                                            .recover(records, insist);
                                }
                            });
        }
        return last;
    }

    private List<String> open() {
        List<String> open = new ArrayList<>();
        for (String id : JournalFile.transactions(home.own("journal"))) {
            if (!(Recovery.decide(read(id)) instanceof RecoveryAction.Nothing)) {
                open.add(id);
            }
        }
        return open;
    }

    private List<JournalRecord> read(String id) {
        return JournalFile.read(home.own("journal"), id);
    }
}
