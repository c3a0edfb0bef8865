package dev.belay.supervisor.run;

import dev.belay.supervisor.deployment.Home;
import dev.belay.supervisor.status.HostStatus;
import dev.belay.supervisor.status.Outbox;
import dev.belay.supervisor.status.OutcomeReport;
import dev.belay.supervisor.status.RejectedRelease;
import dev.belay.supervisor.status.RejectedReleases;
import dev.belay.supervisor.status.RunKind;
import dev.belay.supervisor.status.RunOutcome;
import dev.belay.supervisor.status.StatusFile;
import dev.belay.supervisor.status.SupervisorVersion;
import dev.belay.supervisor.transaction.Failure;
import dev.belay.supervisor.transaction.HopIntent;
import dev.belay.versys.version.Version;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Accounts for hops and runs: status, rejected releases, reports. The one place that rejects and
/// clears releases. Everything here may be done twice with the same effect, because a run that was
/// cut off before its journal was closed is accounted for again. And nothing here fails: what a run
/// has done to the host is its outcome, whether that could be written down or not.
final class Accounts {
    private final StatusFile status;
    private final RejectedReleases rejected;
    private final Outbox outbox;
    private final InstantSource clock;
    private final boolean reports;
    private final String host;
    private final String channel;
    private int unwritten;

    /// @param reports whether the admin lets outcomes be reported
    /// @param host how this host calls itself there
    /// @param channel the channel it follows
    Accounts(Home home, InstantSource clock, boolean reports, String host, String channel) {
        this.status = new StatusFile(home.status());
        this.rejected = new RejectedReleases(home.rejected());
        this.outbox = new Outbox(home.outbox());
        this.clock = clock;
        this.reports = reports;
        this.host = host;
        this.channel = channel;
    }

    /// A release that runs and is healthy is not rejected. Whoever goes back does not want to be
    /// led to the same release by the next update.
    void committed(String transaction, HopIntent hop, Duration took) {
        attempt("the list of rejected releases", () -> rejected.clear(hop.to()));
        if (hop.kind() == RunKind.ROLLBACK) {
            reject(
                    hop.from(),
                    transaction,
                    hop,
                    RejectedRelease.LEFT,
                    "It was rolled back on request.");
        }
        report(transaction, hop, hop.kind().done(), null, took);
    }

    /// Only an update says something about a release: a restore speaks of its backup, and who goes
    /// back knows both releases already.
    ///
    /// @param outcome rolled back or not
    void failed(
            String transaction, HopIntent hop, RunOutcome outcome, Failure failure, Duration took) {
        if (failure.blamesRelease() && hop.kind() == RunKind.UPDATE) {
            reject(hop.to(), transaction, hop, failure.kind(), failure.message());
        }
        report(transaction, hop, outcome, failure, took);
    }

    void ended(HostStatus.LastRun last) {
        attempt("status.json", () -> status.ended(last));
    }

    /// What the last look at the channel warned of.
    void warned(List<String> warnings) {
        attempt("status.json", () -> status.warned(warnings));
    }

    /// How often something could not be written until now. A run for which that grew is accounted
    /// for again: its journal is not closed.
    int unwritten() {
        return unwritten;
    }

    private void attempt(String what, Runnable writing) {
        try {
            writing.run();
        } catch (RuntimeException e) {
            unwritten++;
            System.getLogger(Accounts.class.getName())
                    .log(System.Logger.Level.WARNING, what + " could not be written: " + e);
        }
    }

    private void reject(
            Version release, String transaction, HopIntent hop, String kind, String reason) {
        attempt(
                "the list of rejected releases",
                () ->
                        rejected.add(
                                new RejectedRelease(
                                        release,
                                        hop.digest(),
                                        clock.instant(),
                                        transaction,
                                        kind,
                                        reason)));
    }

    private void report(
            String transaction,
            HopIntent hop,
            RunOutcome outcome,
            @Nullable Failure failure,
            Duration took) {
        if (!reports || hop.kind() == RunKind.RESTORE) {
            return;
        }
        OutcomeReport report =
                new OutcomeReport(
                        transaction + "-" + hop.number(),
                        host,
                        channel,
                        hop.from(),
                        hop.to(),
                        outcome,
                        failure == null ? null : failure.kind(),
                        failure == null ? null : failure.message(),
                        took.toMillis() / 1000.0,
                        SupervisorVersion.TEXT);
        attempt("the report to the server", () -> outbox.put(report));
    }
}
