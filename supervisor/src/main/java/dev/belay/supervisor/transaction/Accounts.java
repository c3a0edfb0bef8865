package dev.belay.supervisor.transaction;

import dev.belay.supervisor.deployment.Home;
import dev.belay.supervisor.status.HostStatus;
import dev.belay.supervisor.status.Outbox;
import dev.belay.supervisor.status.OutcomeReport;
import dev.belay.supervisor.status.RejectedRelease;
import dev.belay.supervisor.status.RejectedReleases;
import dev.belay.supervisor.status.StatusFile;
import dev.belay.supervisor.status.SupervisorVersion;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Accounts for hops and runs: status, rejected releases, reports. Everything here may be done
/// twice with the same effect, because a run that was cut off before its journal was closed is
/// accounted for again.
final class Accounts {
    private final StatusFile status;
    private final RejectedReleases rejected;
    private final Outbox outbox;
    private final boolean reports;
    private final String host;
    private final String channel;

    /// @param reports whether the admin lets outcomes be reported
    /// @param host how this host calls itself there
    /// @param channel the channel it follows
    Accounts(Home home, boolean reports, String host, String channel) {
        this.status = new StatusFile(home.own("status.json"));
        this.rejected = new RejectedReleases(home.own("rejected.json"));
        this.outbox = new Outbox(home.own("outbox"));
        this.reports = reports;
        this.host = host;
        this.channel = channel;
    }

    void committed(String transaction, HopIntent hop, Duration took) {
        if (!hop.isBack()) {
            rejected.clear(hop.to());
        }
        report(transaction, hop, "updated", null, took);
    }

    /// @param outcome `rolled-back` or `not-rolled-back`
    void failed(
            String transaction,
            HopIntent hop,
            String outcome,
            Failure failure,
            Duration took,
            Instant now) {
        if (failure.blamesRelease() && !hop.isBack()) {
            rejected.add(
                    new RejectedRelease(
                            hop.to(),
                            hop.digest(),
                            now,
                            transaction,
                            failure.kind(),
                            failure.message()));
        }
        report(transaction, hop, outcome, failure, took);
    }

    void ended(HostStatus.LastRun last) {
        status.ended(last);
    }

    private void report(
            String transaction,
            HopIntent hop,
            String outcome,
            @Nullable Failure failure,
            Duration took) {
        if (!reports) {
            return;
        }
        outbox.put(
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
                        SupervisorVersion.TEXT));
    }
}
