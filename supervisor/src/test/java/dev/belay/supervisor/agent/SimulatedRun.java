package dev.belay.supervisor.agent;

import dev.belay.supervisor.status.EventNames;
import dev.belay.supervisor.status.HistoryEntry;
import dev.belay.supervisor.status.HistoryEntry.HopRecord;
import dev.belay.supervisor.status.HostStatus.LastRun;
import dev.belay.supervisor.transaction.HopPlan;
import dev.belay.supervisor.transaction.Outcome;
import dev.belay.supervisor.transaction.Outcome.RunFigures;
import dev.belay.versys.version.Version;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One update of a [SimulatedHost].
final class SimulatedRun {
    static final String REASON =
            "11.0.24 did not become healthy within 90 s: http://127.0.0.1:8081/health answered 503";

    private final SimulatedHost host;
    private final String id;
    private final String from;
    private final List<HopPlan> hops;
    private final Instant begun = Instant.now();
    private final List<HopRecord> records = new ArrayList<>();

    SimulatedRun(SimulatedHost host, String id, String from, List<HopPlan> hops) {
        this.host = host;
        this.id = id;
        this.from = from;
        this.hops = hops;
    }

    Outcome walk() {
        String to = hops.getLast().to().text();
        log(EventNames.BEGUN, 0, null, "Updating shop from " + from + " to " + to + ".", null);
        log(EventNames.STEP_BEGUN, 0, "download", "Downloading 2 bundles.", null);
        progress(0, "download", 14_600_000, 29_200_000);
        log(EventNames.STEP_DONE, 0, "download", "Downloaded.", null);
        String now = from;
        for (HopPlan hop : hops) {
            if (!walk(hop)) {
                return rolledBack(now, hop.to().text());
            }
            now = hop.to().text();
        }
        String message = "shop was updated from " + from + " to " + to + ".";
        log(EventNames.ENDED, 0, null, message, null);
        end(to, to, "updated", null, message);
        return new Outcome.Updated(id, Version.of(from), Version.of(to), RunFigures.NONE, message);
    }

    private boolean walk(HopPlan hop) {
        int number = hop.number();
        for (String step : SimulatedHost.STEPS) {
            log(EventNames.STEP_BEGUN, number, step, "Hop " + number + ": " + step + ".", null);
            pause(step, number);
            if (step.equals("health") && host.fails(hop.to().text())) {
                log(EventNames.FAILED, number, step, REASON, "health-timeout");
                log(EventNames.STEP_BEGUN, number, "roll-back", "Putting back.", null);
                pause("roll-back", number);
                log(EventNames.ROLLED_BACK, number, null, hop.from() + " runs again.", null);
                record(hop, "rolled-back");
                return false;
            }
            log(EventNames.STEP_DONE, number, step, step + " done.", null);
        }
        log(EventNames.COMMITTED, number, null, hop.to() + " is installed.", null);
        record(hop, "committed");
        return true;
    }

    private Outcome rolledBack(String now, String failed) {
        log(EventNames.ENDED, 0, null, REASON, "health-timeout");
        end(failed, now, "rolled-back", "health-timeout", REASON);
        return new Outcome.RolledBack(
                id,
                Version.of(from),
                Version.of(now),
                Version.of(failed),
                RunFigures.NONE,
                "health-timeout",
                REASON,
                "Look into the product's log, and tell the vendor.",
                List.of());
    }

    private void end(String to, String now, String outcome, @Nullable String kind, String message) {
        host.ended(
                new LastRun(id, Instant.now(), from, to, outcome, kind, message),
                new HistoryEntry(
                        id, begun, 47.4, from, to, outcome, kind, message, records, List.of()),
                now,
                outcome.equals("updated"));
    }

    private void record(HopPlan hop, String outcome) {
        records.add(new HopRecord(hop.from().text(), hop.to().text(), outcome, 23.7, 6.2));
    }

    private void pause(String step, int hop) {
        try {
            host.step(step, hop);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void progress(int hop, String step, long done, long total) {
        host.log(id, EventNames.PROGRESS, hop, step, done, total, step, null);
    }

    private void log(
            String event, int hop, @Nullable String step, String message, @Nullable String kind) {
        host.log(id, event, hop, step, null, null, message, kind);
    }
}
