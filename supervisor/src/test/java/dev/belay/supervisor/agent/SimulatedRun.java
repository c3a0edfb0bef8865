package dev.belay.supervisor.agent;

import dev.belay.supervisor.offer.ChainHop;
import dev.belay.supervisor.offer.ChainPlan;
import dev.belay.supervisor.run.Outcome;
import dev.belay.supervisor.run.Outcome.RunFigures;
import dev.belay.supervisor.status.Event;
import dev.belay.supervisor.status.HistoryEntry;
import dev.belay.supervisor.status.HistoryEntry.HopRecord;
import dev.belay.supervisor.status.HopOutcome;
import dev.belay.supervisor.status.HostStatus.LastRun;
import dev.belay.supervisor.status.RunKind;
import dev.belay.supervisor.status.RunOutcome;
import dev.belay.supervisor.status.Step;
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
    private final ChainPlan chain;
    private final Instant begun = Instant.now();
    private final List<HopRecord> records = new ArrayList<>();

    SimulatedRun(SimulatedHost host, String id, ChainPlan chain) {
        this.host = host;
        this.id = id;
        this.chain = chain;
    }

    Outcome walk() {
        Version from = chain.from();
        Version to = chain.target();
        host.log(
                new Event.Begun(
                        now(),
                        id,
                        RunKind.UPDATE,
                        from,
                        to,
                        "Updating shop from " + from + " to " + to + "."));
        host.log(new Event.StepBegun(now(), id, 0, Step.DOWNLOAD, "Downloading 2 bundles."));
        host.log(new Event.Progress(now(), id, 0, Step.DOWNLOAD, 14_600_000, 29_200_000));
        host.log(new Event.StepDone(now(), id, 0, Step.DOWNLOAD, "Downloaded."));
        Version installed = from;
        for (ChainHop hop : chain.hops()) {
            if (!walk(hop)) {
                return rolledBack(installed, hop.to());
            }
            installed = hop.to();
        }
        String message = "shop was updated from " + from + " to " + to + ".";
        end(to, to, RunOutcome.UPDATED, null, message);
        return new Outcome.Updated(id, RunKind.UPDATE, from, to, RunFigures.NONE, message);
    }

    private boolean walk(ChainHop hop) {
        int number = hop.number();
        for (Step step : SimulatedHost.STEPS) {
            host.log(
                    new Event.StepBegun(
                            now(), id, number, step, "Hop " + number + ": " + step.label() + "."));
            pause(step, number);
            if (step == Step.HEALTH && host.fails(hop.to().text())) {
                host.log(new Event.Failed(now(), id, number, step, "health-timeout", REASON, null));
                host.log(new Event.StepBegun(now(), id, number, Step.ROLL_BACK, "Putting back."));
                pause(Step.ROLL_BACK, number);
                host.log(new Event.RolledBack(now(), id, number, hop.from()));
                record(hop, HopOutcome.ROLLED_BACK);
                return false;
            }
            host.log(new Event.StepDone(now(), id, number, step, step.label() + " done."));
        }
        host.log(new Event.Committed(now(), id, number, hop.to()));
        record(hop, HopOutcome.COMMITTED);
        return true;
    }

    private Outcome rolledBack(Version installed, Version failed) {
        end(failed, installed, RunOutcome.ROLLED_BACK, "health-timeout", REASON);
        return new Outcome.RolledBack(
                id,
                RunKind.UPDATE,
                chain.from(),
                installed,
                failed,
                RunFigures.NONE,
                "health-timeout",
                REASON,
                "Look into the product's log, and tell the vendor.",
                List.of());
    }

    private void end(
            Version to,
            Version installed,
            RunOutcome outcome,
            @Nullable String kind,
            String message) {
        host.log(new Event.Ended(now(), id, outcome, kind, message));
        host.ended(
                new LastRun(id, RunKind.UPDATE, now(), chain.from(), to, outcome, kind, message),
                new HistoryEntry(
                        id,
                        RunKind.UPDATE,
                        begun,
                        47.4,
                        chain.from(),
                        to,
                        outcome,
                        kind,
                        message,
                        records,
                        List.of()),
                installed.text(),
                outcome == RunOutcome.UPDATED);
    }

    private void record(ChainHop hop, HopOutcome outcome) {
        records.add(new HopRecord(hop.from(), hop.to(), outcome, 23.7, 6.2));
    }

    private void pause(Step step, int hop) {
        try {
            host.step(step, hop);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Instant now() {
        return Instant.now();
    }
}
