package dev.belay.supervisor.status;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Past runs, made from the event log. Pure.
///
/// A run is all events of one transaction between `begun` and `ended`; the events themselves carry
/// versions in the form `<from> -> <to>` at the begin of the message of `begun` and `hop-begun`.
public final class History {
    private History() {}

    /// @param events in the order they were logged
    /// @return newest first; a run without an end is listed as `interrupted`
    public static List<HistoryEntry> of(List<Event> events) {
        Map<String, Run> runs = new LinkedHashMap<>();
        for (Event event : events) {
            String transaction = event.transaction();
            if (transaction != null) {
                runs.computeIfAbsent(transaction, _ -> new Run()).take(event);
            }
        }
        List<HistoryEntry> entries = new ArrayList<>();
        runs.forEach((transaction, run) -> entries.addFirst(run.entry(transaction)));
        entries.removeIf(e -> e.hops().isEmpty() && e.outcome().equals("interrupted"));
        return entries;
    }

    private static final class Run {
        private @Nullable Instant begun;
        private @Nullable Instant last;
        private String from = "";
        private String to = "";
        private String outcome = "interrupted";
        private @Nullable String kind;
        private String message = "It was interrupted and not yet brought to an end.";
        private List<String> details = List.of();
        private final List<Hop> hops = new ArrayList<>();

        void take(Event event) {
            begun = begun == null ? event.at() : begun;
            last = event.at();
            switch (event.event()) {
                case EventNames.BEGUN -> {
                    from = versions(event)[0];
                    to = versions(event)[1];
                }
                case EventNames.HOP_BEGUN -> hops.add(new Hop(versions(event), event.at()));
                case EventNames.STEP_BEGUN -> stopping(event);
                case EventNames.STEP_DONE -> healthy(event);
                case EventNames.COMMITTED -> endHop("committed", event);
                case EventNames.ROLLED_BACK -> endHop("rolled-back", event);
                case EventNames.NOT_ROLLED_BACK -> {
                    endHop("not-rolled-back", event);
                    detail(event);
                }
                case EventNames.FAILED -> {
                    kind = event.kind();
                    detail(event);
                }
                case EventNames.ENDED -> {
                    outcome = event.step() == null ? "failed" : event.step();
                    kind = event.kind();
                    message = event.message();
                }
                default -> {
                    // progress and the like add nothing to the history
                }
            }
        }

        private void detail(Event event) {
            details = event.details() == null ? details : event.details();
        }

        private void stopping(Event event) {
            if ("stop".equals(event.step()) && !hops.isEmpty()) {
                hops.getLast().stopped = event.at();
            }
        }

        private void healthy(Event event) {
            if ("health".equals(event.step()) && !hops.isEmpty()) {
                hops.getLast().healthy = event.at();
            }
        }

        private void endHop(String how, Event event) {
            if (!hops.isEmpty()) {
                Hop hop = hops.getLast();
                hop.outcome = how;
                hop.ended = event.at();
                hop.healthy = how.equals("committed") ? hop.healthy : event.at();
            }
        }

        HistoryEntry entry(String transaction) {
            Instant start = begun == null ? Instant.EPOCH : begun;
            return new HistoryEntry(
                    transaction,
                    start,
                    seconds(start, last),
                    from,
                    to,
                    outcome,
                    kind,
                    message,
                    hops.stream().map(Hop::figures).toList(),
                    details);
        }
    }

    private static final class Hop {
        private final String[] versions;
        private final Instant begun;
        private @Nullable Instant stopped;
        private @Nullable Instant healthy;
        private @Nullable Instant ended;
        private String outcome = "interrupted";

        Hop(String[] versions, Instant begun) {
            this.versions = versions;
            this.begun = begun;
        }

        HistoryEntry.HopRecord figures() {
            return new HistoryEntry.HopRecord(
                    versions[0],
                    versions[1],
                    outcome,
                    seconds(begun, ended),
                    stopped == null ? 0 : seconds(stopped, healthy));
        }
    }

    private static String[] versions(Event event) {
        String[] words = event.message().split(" ", 4);
        return words.length >= 3 && words[1].equals("->")
                ? new String[] {words[0], words[2]}
                : new String[] {"", ""};
    }

    private static double seconds(Instant from, @Nullable Instant to) {
        return to == null ? 0 : Duration.between(from, to).toMillis() / 1000.0;
    }
}
