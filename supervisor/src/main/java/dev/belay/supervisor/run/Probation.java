package dev.belay.supervisor.run;

import dev.belay.supervisor.deployment.Deployment;
import dev.belay.supervisor.deployment.DiskProbe;
import dev.belay.supervisor.deployment.Home;
import dev.belay.supervisor.offer.HostParts;
import dev.belay.supervisor.service.Product;
import dev.belay.supervisor.status.Event;
import dev.belay.supervisor.status.EventListener;
import dev.belay.supervisor.status.EventLog;
import dev.belay.supervisor.status.HostStatus;
import dev.belay.supervisor.status.RunKind;
import dev.belay.supervisor.status.RunOutcome;
import dev.belay.supervisor.status.StatusFile;
import dev.belay.supervisor.status.Step;
import dev.belay.supervisor.transaction.Failure;
import dev.belay.supervisor.words.Sentences;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The time after an update in which the release that it led to may still turn out ill. Lasts by
/// what `status.json` says of the last run, so that it outlives the agent that watches.
final class Probation {
    private static final String KIND = "probation-failed";
    private static final String NO_WAY =
            "no earlier release with its configuration and data is kept on this host";

    private final HostParts parts;
    private final Home home;
    private final Runs runs;
    private final Accounts accounts;

    Probation(HostParts parts, Runs runs, Accounts accounts) {
        this.parts = parts;
        this.home = parts.home();
        this.runs = runs;
        this.accounts = accounts;
    }

    /// Until when a release is on probation; empty if it is not.
    ///
    /// @param installed the release
    /// @param last the last run; null if there was none
    static Optional<Instant> until(
            Product installed, HostStatus.@Nullable LastRun last, Instant now) {
        if (last == null
                || last.run() != RunKind.UPDATE
                || last.outcome() != RunOutcome.UPDATED
                || last.kind() != null
                || !installed.deployment().version().equals(last.to())) {
            return Optional.empty();
        }
        return Optional.of(last.at().plus(installed.probation())).filter(now::isBefore);
    }

    /// The release did not pass: it is left, unless a person has to agree to that.
    ///
    /// @param transaction of the update
    /// @param why in words
    Outcome fail(String transaction, String why, EventListener listener) {
        HostStatus.LastRun last = new StatusFile(home.status()).read().last();
        if (last == null
                || !last.transaction().equals(transaction)
                || until(parts.product(Deployment.installed(home)), last, parts.clock().instant())
                        .isEmpty()) {
            return new Outcome.NothingToDo(
                    home.requireInstalled(), "It is not on probation any more.");
        }
        String message = Sentences.join(last.to() + " did not pass its probation: " + why);
        new EventLog(home.events())
                .append(new Event.ProbationFailed(parts.clock().instant(), last.to(), message));
        Optional<WayBack> way = WayBack.last(home);
        Optional<String> held = way.isEmpty() ? Optional.of(NO_WAY) : against(way.get());
        if (held.isPresent()) {
            return hold(last, way, Sentences.join(message, "It was not left: " + held.get()));
        }
        Outcome outcome =
                new GoingBack(parts, runs, accounts)
                        .toTheReleaseBefore(true, "because " + message, listener);
        if (outcome instanceof Outcome.WentBack) {
            report(last, way.get(), RunOutcome.ROLLED_BACK, message);
        }
        return outcome;
    }

    /// Going back mends no disk, and no release is to blame for one.
    private Optional<String> against(WayBack way) {
        return DiskProbe.problem(home)
                .map(disk -> String.valueOf(disk.getMessage()))
                .or(() ->
                        parts.settings()
                                .rollback()
                                .against(() ->
                                        WrittenSince.find(home, way.hop(), way.since())
                                                .map(w -> w.words(way.hop().from()))));
    }

    private Outcome hold(HostStatus.LastRun last, Optional<WayBack> way, String message) {
        accounts.ended(last.with(KIND, message));
        way.ifPresent(w -> report(last, w, RunOutcome.NOT_ROLLED_BACK, message));
        return new Outcome.NotRolledBack(
                last.transaction(),
                RunKind.ROLLBACK,
                last.from(),
                last.to(),
                Outcome.RunFigures.NONE,
                KIND,
                message,
                message,
                way.isEmpty()
                        ? "Look into its log: supervisor report"
                        : "To go back: supervisor rollback --yes. What is in use now is set aside"
                                + " and kept.",
                List.of());
    }

    /// One that was left is not offered again: that is the release's own doing.
    private void report(HostStatus.LastRun last, WayBack way, RunOutcome outcome, String message) {
        boolean left = outcome == RunOutcome.ROLLED_BACK;
        accounts.failed(
                last.transaction() + "-probation",
                way.hop(),
                outcome,
                new Failure(KIND, message, Step.HEALTH, left ? List.of() : null, null),
                Duration.ZERO);
    }
}
