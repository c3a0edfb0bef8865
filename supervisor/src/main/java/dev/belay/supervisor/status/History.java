package dev.belay.supervisor.status;

import dev.belay.versys.version.Version;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Past runs, made from the event log. Pure.
///
/// A run is all events of one transaction from [Event.Begun] on.
public final class History {
    private History() {}

    /// @param events in the order they were logged
    /// @return newest first; a run without an end is listed as interrupted, unless it never came to
    ///   a hop
    public static List<HistoryEntry> of(List<Event> events) {
        Map<String, Run> runs = new LinkedHashMap<>();
        for (Event event : events) {
            if (event instanceof Event.Begun begun) {
                runs.putIfAbsent(begun.transaction(), new Run(begun));
            }
            if (event instanceof Event.OfRun part && runs.containsKey(part.transaction())) {
                runs.get(part.transaction()).take(part);
            }
        }
        List<HistoryEntry> entries = new ArrayList<>();
        runs.values().forEach(run -> entries.addFirst(run.entry()));
        entries.removeIf(e -> e.hops().isEmpty() && e.outcome() == RunOutcome.INTERRUPTED);
        return entries;
    }

    private static final class Run {
        private final Event.Begun begun;
        private Instant last;
        private RunOutcome outcome = RunOutcome.INTERRUPTED;
        private @Nullable String kind;
        private String message = "It was interrupted and not yet brought to an end.";
        private List<String> details = List.of();
        private final List<Hop> hops = new ArrayList<>();

        Run(Event.Begun begun) {
            this.begun = begun;
            this.last = begun.at();
        }

        void take(Event.OfRun event) {
            last = event.at();
            switch (event) {
                case Event.HopBegun hop -> hops.add(new Hop(hop));
                case Event.StepBegun step when step.step() == Step.STOP && !hops.isEmpty() ->
                        hops.getLast().stopped = step.at();
                case Event.StepDone step when step.step() == Step.HEALTH && !hops.isEmpty() ->
                        hops.getLast().healthy = step.at();
                case Event.Committed committed -> endHop(HopOutcome.COMMITTED, committed);
                case Event.RolledBack back -> endHop(HopOutcome.ROLLED_BACK, back);
                case Event.NotRolledBack stuck -> {
                    endHop(HopOutcome.NOT_ROLLED_BACK, stuck);
                    detail(stuck.details());
                }
                case Event.Failed failed -> {
                    kind = failed.kind();
                    detail(failed.details());
                }
                case Event.Ended ended -> {
                    // earlier supervisors called every good end of a run an update
                    outcome =
                            ended.outcome() == RunOutcome.UPDATED
                                    ? begun.run().done()
                                    : ended.outcome();
                    kind = ended.kind();
                    message = ended.message();
                }
                case Event.Begun _,
                        Event.Foreseen _,
                        Event.StepBegun _,
                        Event.Progress _,
                        Event.StepDone _,
                        Event.Recovered _ -> {}
            }
        }

        private void detail(@Nullable List<String> lines) {
            details = lines == null ? details : lines;
        }

        private void endHop(HopOutcome how, Event event) {
            if (!hops.isEmpty()) {
                Hop hop = hops.getLast();
                hop.outcome = how;
                hop.ended = event.at();
                hop.healthy = how == HopOutcome.COMMITTED ? hop.healthy : event.at();
            }
        }

        HistoryEntry entry() {
            return new HistoryEntry(
                    begun.transaction(),
                    begun.run(),
                    begun.at(),
                    seconds(begun.at(), last),
                    begun.from(),
                    begun.to(),
                    outcome,
                    kind,
                    message,
                    hops.stream().map(Hop::figures).toList(),
                    details);
        }
    }

    private static final class Hop {
        private final Version from;
        private final Version to;
        private final Instant begun;
        private @Nullable Instant stopped;
        private @Nullable Instant healthy;
        private @Nullable Instant ended;
        private HopOutcome outcome = HopOutcome.INTERRUPTED;

        Hop(Event.HopBegun hop) {
            this.from = hop.from();
            this.to = hop.to();
            this.begun = hop.at();
        }

        HistoryEntry.HopRecord figures() {
            return new HistoryEntry.HopRecord(
                    from,
                    to,
                    outcome,
                    seconds(begun, ended),
                    stopped == null ? 0 : seconds(stopped, healthy));
        }
    }

    private static double seconds(Instant from, @Nullable Instant to) {
        return to == null ? 0 : Duration.between(from, to).toMillis() / 1000.0;
    }
}
