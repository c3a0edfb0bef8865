package dev.belay.supervisor.transaction;

import dev.belay.supervisor.settings.ChainPolicy;
import dev.belay.supervisor.status.RunKind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What the journal of a run says about its return to where it began: hops were committed, and a
/// later one was put back. Pure.
///
/// @param failed the hop that failed
/// @param cause why
/// @param served the hops that were committed, in order; at least one
/// @param number of the hop that leads back, the next one of the run
public record Returning(HopIntent failed, Failure cause, List<Served> served, int number) {
    public Returning {
        served = List.copyOf(served);
    }

    /// A hop that was committed.
    ///
    /// @param since from when on its release served
    public record Served(HopIntent hop, Instant since) {}

    /// Empty if the run is not to return, or has nothing to return from.
    ///
    /// @param records of the run, the last hop of its chain put back
    public static Optional<Returning> of(List<JournalRecord> records) {
        if (records.isEmpty()
                || !(records.getFirst() instanceof JournalRecord.RunBegun begun)
                || begun.onFailure() != ChainPolicy.RETURN) {
            return Optional.empty();
        }
        List<Served> served = new ArrayList<>();
        List<HopIntent> hops = new ArrayList<>();
        Failure cause = Failure.interrupted();
        for (JournalRecord entry : records) {
            switch (entry) {
                case JournalRecord.HopBegun(Instant _, HopIntent hop) -> hops.add(hop);
                case JournalRecord.Committed(Instant at, int _) when forward(hops.getLast()) ->
                        served.add(new Served(hops.getLast(), at));
                case JournalRecord.RollbackBegun(Instant _, int _, Failure why)
                        when forward(hops.getLast()) ->
                        cause = why;
                default -> {}
            }
        }
        int number = hops.size() + 1;
        hops.removeIf(hop -> !forward(hop));
        return served.isEmpty() || hops.size() == served.size()
                ? Optional.empty()
                : Optional.of(new Returning(hops.getLast(), cause, served, number));
    }

    /// As above for a hop that was put back, whether its journal could take that or not.
    ///
    /// @param records of the run
    /// @param done what the journal says, or would say, of it
    public static Optional<Returning> after(
            List<JournalRecord> records, JournalRecord.RolledBack done) {
        List<JournalRecord> all = new ArrayList<>(records);
        if (!(all.getLast() instanceof JournalRecord.RolledBack)) {
            all.add(done);
        }
        return Recovery.decide(all) instanceof RecoveryAction.Return(Returning returning)
                ? Optional.of(returning)
                : Optional.empty();
    }

    private static boolean forward(HopIntent hop) {
        return hop.kind() == RunKind.UPDATE;
    }

    /// The hop that leads back, from the last release that served to the one before the first: by
    /// renames, without a stop on the way.
    ///
    /// @param transaction id of the run
    HopIntent way(String transaction) {
        return HopIntent.returning(
                transaction, number, served.getFirst().hop(), served.getLast().hop());
    }

    /// As a plan.
    ///
    /// @param transaction as above
    public HopPlan plan(String transaction) {
        return new HopPlan.Back(way(transaction));
    }
}
