package dev.belay.supervisor.selfupdate;

import dev.belay.packaging.durable.DurableFiles;
import dev.belay.packaging.failure.BelayException;
import dev.belay.packaging.failure.RefusedException;
import dev.belay.supervisor.deployment.Home;
import dev.belay.supervisor.deployment.HomeLock;
import dev.belay.supervisor.deployment.Retention;
import dev.belay.supervisor.offer.CheckResult;
import dev.belay.supervisor.offer.HostParts;
import dev.belay.supervisor.offer.Look;
import dev.belay.supervisor.offer.Offer;
import dev.belay.supervisor.offer.Offering;
import dev.belay.supervisor.offer.Planned;
import dev.belay.supervisor.offer.Preflight;
import dev.belay.supervisor.offer.Staging;
import dev.belay.supervisor.offer.UpdateRequest;
import dev.belay.supervisor.run.HostUpdates;
import dev.belay.supervisor.service.SupervisorProgram;
import dev.belay.supervisor.service.TransactionId;
import dev.belay.supervisor.status.EventListener;
import dev.belay.supervisor.status.EventLog;
import dev.belay.supervisor.status.RejectedRelease;
import dev.belay.supervisor.status.RejectedReleases;
import dev.belay.supervisor.status.RunKind;
import dev.belay.supervisor.status.RunOutcome;
import dev.belay.supervisor.transaction.RunEvents;
import dev.belay.supervisor.words.Bytes;
import dev.belay.supervisor.words.Sentences;
import dev.belay.versys.plan.PlannedHop;
import dev.belay.versys.version.Version;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/// Moves the supervisor itself to its next release: a signed bundle of its own product, planned,
/// verified and unpacked as any other. It is asked to work before it is switched to, and the
/// release before stays as the way back.
///
/// The installation has the layout of a home, without configuration and data: `current` leads to
/// `releases/<version>`, `previous` to the one that was current before.
public final class SelfUpdate {
    private final HostParts parts;
    private final Home installation;
    private final EventLog log;
    private final Offering offering;
    private final Optional<HostParts> product;
    private final EventListener listener;

    /// @param parts of the installation
    /// @param product the home that the new supervisor must be able to read; empty if there is none
    public SelfUpdate(HostParts parts, Optional<HostParts> product, EventListener listener) {
        this.parts = parts;
        this.installation = parts.home();
        this.log = new EventLog(installation.events());
        this.offering = new Offering(parts, log);
        this.product = product;
        this.listener = listener;
    }

    /// How it ended.
    ///
    /// @param kind `updated`, `went-back`, `nothing-to-do` or why there is no way, for example
    ///   `rejected`
    /// @param installed what is current now
    /// @param message the same in words
    public record Answer(String kind, Version installed, String message) {
        /// Whether it ended as it was asked for.
        public boolean done() {
            return Set.of("updated", "went-back", "nothing-to-do").contains(kind);
        }
    }

    /// What is offered, without touching anything but the metadata cache.
    public CheckResult check() {
        return offering.look(UpdateRequest.latest()).check();
    }

    /// Takes the next hop of the way. Nothing that uses the home may be under way when it begins,
    /// and nothing of it is held while the release is fetched.
    ///
    /// @throws BelayException `self-update-unqualified` if the new supervisor does not work here;
    ///   the old one stays
    public Answer update(UpdateRequest request) {
        undisturbed(() -> installation.requireInstalled());
        try (HomeLock _ = HomeLock.takeStaging(installation, parts.command())) {
            Look look = offering.look(request);
            Optional<Planned> none = look.withoutWay();
            if (none.isPresent()) {
                return withoutWay(look.installed(), none.get());
            }
            Version next = look.result().hops().getFirst().version();
            RunEvents events = events();
            events.begun(RunKind.UPDATE, look.installed(), next, "self-update");
            stage(look.offer(), next, events);
            return undisturbed(() -> take(look, next, events));
        }
    }

    private Answer take(Look look, Version next, RunEvents events) {
        Version installed = look.installed();
        requireUnmoved(look);
        Optional<String> fault =
                fault(next, installation.release(next)).or(() -> switchTo(next, installed));
        if (fault.isPresent()) {
            reject(look.offer(), next, fault.get());
            throw unqualified(installed, next, fault.get());
        }
        tidy(installed);
        events.ended(RunOutcome.UPDATED, next + " is current", null);
        List<PlannedHop> hops = look.result().hops();
        return new Answer(
                "updated",
                next,
                Sentences.join(
                        "supervisor "
                                + next
                                + " is current; "
                                + installed
                                + " stays as the way back",
                        hops.size() > 1 ? "Run it again for " + hops.getLast().version() : "",
                        moved()));
    }

    /// Another self-update may have ended while this one fetched.
    private void requireUnmoved(Look look) {
        Version now = installation.requireInstalled();
        if (!now.equals(look.installed()) || !rejected().all().equals(look.rejected())) {
            throw new RefusedException(
                    "plan-changed",
                    "Another self-update ended meanwhile; supervisor "
                            + now
                            + " is current. Nothing was changed.",
                    "Run the command again: it looks anew.");
        }
    }

    /// Goes back to the release before the current one.
    public Answer back() {
        return undisturbed(() -> {
            Version installed = installation.requireInstalled();
            Version earlier = previous().filter(v -> !v.equals(installed)).orElseThrow(this::none);
            Optional<String> fault =
                    fault(earlier, installation.release(earlier))
                            .or(() -> switchTo(earlier, installed));
            if (fault.isPresent()) {
                throw unqualified(installed, earlier, fault.get());
            }
            return new Answer(
                    "went-back",
                    earlier,
                    Sentences.join(
                            "supervisor " + earlier + " is current again; " + installed + " stays",
                            moved()));
        });
    }

    private String moved() {
        return Sentences.join(
                product.isEmpty() ? "No home was given, so it was only asked for its version" : "",
                "An agent that is running goes on with the old one until it is restarted");
    }

    /// One self-update at a time, and none while the product's home is being changed or has a run
    /// that was interrupted: that run is brought to its end by the program that began it.
    private <T> T undisturbed(Supplier<T> work) {
        try {
            DurableFiles.createDirectories(installation.cache(), DurableFiles.PRIVATE_DIRECTORY);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make " + installation.cache(), e);
        }
        try (HomeLock _ = HomeLock.take(installation, parts.command())) {
            if (product.isEmpty()) {
                return work.get();
            }
            HostParts used = product.get();
            try (HomeLock _ = HomeLock.take(used.home(), parts.command())) {
                new HostUpdates(used).requireNotInterrupted();
                return work.get();
            }
        }
    }

    private void stage(Offer offer, Version version, RunEvents events) {
        long needed = offer.target(version).length() + offer.artifact(version).unpackedBytes();
        if (Preflight.free(installation) < needed) {
            throw new RefusedException(
                    "disk-full",
                    "supervisor "
                            + version
                            + " needs "
                            + Bytes.words(needed)
                            + " free in "
                            + installation.root()
                            + ". Nothing was changed.",
                    "Free some space and run the command again.");
        }
        Staging staging = new Staging(installation, parts.settings().product(), events);
        staging.download(offer, version);
        staging.unpack(offer, version);
    }

    /// One that does not work is remembered, so that it is not fetched again and again.
    private void reject(Offer offer, Version version, String fault) {
        rejected()
                .add(
                        new RejectedRelease(
                                version,
                                Staging.sha256(offer.target(version)),
                                parts.clock().instant(),
                                "self-update",
                                "self-update-unqualified",
                                fault));
        remove(version);
    }

    /// Asks a release for its version and, with it, for the status of the home.
    private Optional<String> fault(Version version, Path release) {
        SupervisorProgram program = new SupervisorProgram(release);
        return program.fault(Optional.of("supervisor " + version), "--version")
                .or(() ->
                        product.flatMap(used ->
                                program.fault(
                                        Optional.empty(),
                                        "status",
                                        "--home",
                                        used.home().root().toString())));
    }

    /// The link is swapped by one rename. If the supervisor does not start by that way, which is
    /// how everybody starts it, the link is swapped back.
    ///
    /// @return what is wrong with the next one; empty if it is current now
    private Optional<String> switchTo(Version next, Version installed) {
        installation.switchTo(next);
        Optional<String> fault = fault(next, installation.current());
        try {
            if (fault.isPresent()) {
                installation.switchTo(installed);
            } else {
                DurableFiles.swapLink(previousLink(), Path.of("releases", installed.text()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot point to the way back", e);
        }
        return fault;
    }

    private void tidy(Version previous) {
        Retention retention = new Retention(installation);
        retention.keepReleases(Set.of(previous));
        retention.emptyCache();
    }

    private void remove(Version version) {
        try {
            DurableFiles.deleteWhole(installation.release(version));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot remove " + version, e);
        }
    }

    private Optional<Version> previous() {
        try {
            Path target = Files.readSymbolicLink(previousLink());
            return Optional.of(Version.of(String.valueOf(target.getFileName())))
                    .filter(installation::has);
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty(); // none yet, or nothing that we made
        }
    }

    private Path previousLink() {
        return installation.root().resolve("previous");
    }

    private RejectedReleases rejected() {
        return new RejectedReleases(installation.rejected());
    }

    private RunEvents events() {
        return new RunEvents(
                log,
                listener,
                parts.clock(),
                TransactionId.next(parts.clock().instant(), RandomGenerator.getDefault()));
    }

    private static Answer withoutWay(Version installed, Planned planned) {
        return switch (planned) {
            case Planned.NothingToDo(Version version, String message) ->
                    new Answer("nothing-to-do", version, message);
            case Planned.NoWay(String kind, String message, String help) ->
                    new Answer(kind, installed, Sentences.join(message, ofSelfUpdate(help)));
            case Planned.Ready _, Planned.Outlined _ ->
                    throw new IllegalArgumentException("there is a way");
        };
    }

    /// The planner's help names the commands for the product.
    private static String ofSelfUpdate(String help) {
        return help.replace("supervisor update", "supervisor self-update")
                .replace("supervisor check", "supervisor self-update --check");
    }

    private RefusedException none() {
        return new RefusedException(
                "nothing-to-roll-back",
                "There is no earlier supervisor in "
                        + installation.root()
                        + ". Nothing was changed.",
                "See what is offered: supervisor self-update --check");
    }

    private static BelayException unqualified(Version installed, Version next, String fault) {
        return new BelayException(
                "self-update-unqualified",
                "supervisor "
                        + next
                        + " does not work on this host: "
                        + fault
                        + ". "
                        + installed
                        + " stays current.",
                "Tell the vendor. To try it again: supervisor self-update --retry-rejected "
                        + next);
    }
}
