package dev.belay.supervisor.adopt;

import dev.belay.packaging.durable.DurableFiles;
import dev.belay.packaging.failure.RefusedException;
import dev.belay.supervisor.deployment.AdoptionRecord;
import dev.belay.supervisor.deployment.Deployment;
import dev.belay.supervisor.deployment.FirstDeployment;
import dev.belay.supervisor.deployment.ForeignTree;
import dev.belay.supervisor.deployment.Home;
import dev.belay.supervisor.deployment.HomeLock;
import dev.belay.supervisor.offer.HostParts;
import dev.belay.supervisor.offer.Offer;
import dev.belay.supervisor.offer.Offering;
import dev.belay.supervisor.offer.Preflight;
import dev.belay.supervisor.offer.Staging;
import dev.belay.supervisor.run.HostUpdates;
import dev.belay.supervisor.run.Removal;
import dev.belay.supervisor.service.DirectoryUsers;
import dev.belay.supervisor.service.TransactionId;
import dev.belay.supervisor.status.EventListener;
import dev.belay.supervisor.status.EventLog;
import dev.belay.supervisor.transaction.RunEvents;
import dev.belay.versys.version.Version;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// Makes a home of an installation, by copies: the installation is only read, and stays as it was.
/// Until the last act, which points `current` to the release, the home counts as empty and the
/// whole may be repeated; so at every moment the installation is whole, or both are.
public final class Adoption {
    private static final int NAMED = 5;
    private final HostParts parts;
    private final Home home;
    private final Path directory;

    /// @param parts of a home that nothing is installed in
    /// @param directory the installation
    public Adoption(HostParts parts, Path directory) {
        this.parts = parts;
        this.home = parts.home();
        this.directory = directory;
    }

    /// What an adoption would copy. Of the home it touches nothing but what it knows of the vendor.
    ///
    /// @param version the release that it is; empty to find out
    /// @throws RefusedException if it cannot be adopted as it is
    public AdoptionPlan survey(Optional<Version> version) {
        home.installed().ifPresent(Adoption::refuse);
        Removal.requireNone(home);
        Recognition found = Recognition.of(tree(), new Offering(parts, log()).read(), version);
        return AdoptionPlan.of(
                parts.settings().product(),
                found.version(),
                tree(),
                found.bundle().manifest(),
                found.layout());
    }

    /// Does what was shown. Nothing is started.
    ///
    /// @throws RefusedException `plan-changed` if it is no longer what there is to do
    public void carryOut(AdoptionPlan plan, EventListener listener) {
        try (HomeLock _ = HomeLock.takeStaging(home, parts.command())) {
            discardUnfinished();
            Offer offer = new Offering(parts, log()).read();
            Preflight.requireSpace(
                    home,
                    plan.bytes()
                            + offer.target(plan.version()).length()
                            + offer.artifact(plan.version()).unpackedBytes());
            Staging staging = new Staging(home, plan.product(), events(listener));
            staging.download(offer, plan.version());
            Deployment release = staging.unpack(offer, plan.version());
            try (HomeLock _ = HomeLock.take(home, parts.command())) {
                home.installed().ifPresent(Adoption::refuse);
                copy(plan, release);
            }
        }
    }

    private void copy(AdoptionPlan plan, Deployment release) {
        new Preflight(home, parts.settings().facts()).ofFirst(parts.product(release));
        requireAsShown(plan, release);
        new AdoptionRecord(plan.version(), plan.directory(), parts.clock().instant(), false)
                .write(home);
        ForeignTree tree = tree();
        tree.copyTo(home, release);
        requireAsShown(plan, release);
        FirstDeployment.activate(
                home,
                release.version(),
                parts.product(release).user(),
                tree.removedConfig(release.descriptor().layout()));
    }

    /// Nobody works there, and what was shown, from a bundle that nobody had verified, is what the
    /// verified one says.
    private void requireAsShown(AdoptionPlan plan, Deployment release) {
        AdoptionPlan now =
                AdoptionPlan.of(
                        plan.product(),
                        release.version(),
                        tree(),
                        release.shipped(),
                        release.descriptor().layout());
        if (!now.equals(plan)) {
            throw new RefusedException(
                    "plan-changed",
                    directory
                            + " is not as it was when the adoption was prepared. Nothing is"
                            + " installed in "
                            + home.root()
                            + ".",
                    "See what writes there, and run the command again: it looks anew.");
        }
    }

    /// The installation as it is now; nothing is remembered of how it was.
    private ForeignTree tree() {
        ForeignTree tree = ForeignTree.open(directory, home);
        refuse(
                "adopt-running",
                "The product still runs in " + tree.root(),
                DirectoryUsers.of(tree.root()),
                "Stop it, and keep it from being started again (a systemd unit, a crontab, a"
                        + " container), then run the command again.");
        refuse(
                "adopt-links-outside",
                "Links in "
                        + tree.root()
                        + " lead out of it, so that the home could not have what"
                        + " they stand for",
                tree.linksOutside(),
                "Put what they lead to in their place, or remove them.");
        return tree;
    }

    private static void refuse(String kind, String what, List<String> found, String help) {
        if (!found.isEmpty()) {
            throw new RefusedException(
                    kind,
                    what
                            + ": "
                            + String.join(", ", found.subList(0, Math.min(NAMED, found.size())))
                            + (found.size() > NAMED
                                    ? " and " + (found.size() - NAMED) + " more"
                                    : "")
                            + ". Nothing was changed.",
                    help);
        }
    }

    private static void refuse(Version installed) {
        throw new RefusedException(
                "already-installed",
                installed + " is installed in this home already. Nothing was changed.",
                "Name another home.");
    }

    /// An earlier attempt may have changed files of the release.
    private void discardUnfinished() {
        AdoptionRecord.read(home)
                .filter(_ -> home.installed().isEmpty())
                .ifPresent(earlier -> delete(home.release(earlier.version())));
    }

    /// How an adoption was undone.
    ///
    /// @param directory the installation
    /// @param kept where the home's configuration, data and release are now; empty if it had never
    ///   been in use, so that they were mere copies
    public record Undone(String directory, Optional<Path> kept) {}

    /// Takes the home out of use again, so that the product can be started where it was.
    ///
    /// @throws RefusedException `not-adopted`, `adoption-outdated`
    public static Undone undo(HostParts parts) {
        Home home = parts.home();
        try (HomeLock _ = HomeLock.take(home, parts.command())) {
            new HostUpdates(parts).requireNotInterrupted();
            AdoptionRecord record =
                    AdoptionRecord.read(home)
                            .orElseThrow(() ->
                                    new RefusedException(
                                            "not-adopted",
                                            home.root()
                                                    + " was not made by adopting anything."
                                                    + " Nothing was changed.",
                                            "To remove a home: supervisor remove"));
            Optional<Version> installed = home.installed();
            installed
                    .filter(version -> !version.equals(record.version()))
                    .ifPresent(version -> {
                        throw new RefusedException(
                                "adoption-outdated",
                                version
                                        + " was installed since, and "
                                        + record.directory()
                                        + " still holds "
                                        + record.version()
                                        + ". Nothing was changed.",
                                "Go back first: supervisor rollback");
                    });
            return undo(parts, record, installed.isPresent());
        }
    }

    private static Undone undo(HostParts parts, AdoptionRecord record, boolean used) {
        Home home = parts.home();
        try {
            if (used) {
                parts.product(Deployment.installed(home)).stop();
                record.undoing().write(home);
                DurableFiles.delete(home.current());
            }
            Path kept = home.root().resolve("adopted-" + record.at().toString().replace(':', '-'));
            boolean keeps = used || record.undone();
            for (Path tree : List.of(home.config(), home.data(), home.release(record.version()))) {
                if (!keeps) {
                    DurableFiles.deleteTree(tree);
                } else if (Files.exists(tree, LinkOption.NOFOLLOW_LINKS)) {
                    DurableFiles.createDirectories(kept, DurableFiles.PRIVATE_DIRECTORY);
                    DurableFiles.move(tree, kept.resolve(tree.getFileName()));
                }
            }
            DurableFiles.delete(home.adoption());
            return new Undone(record.directory(), keeps ? Optional.of(kept) : Optional.empty());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot undo the adoption", e);
        }
    }

    private static void delete(Path tree) {
        try {
            DurableFiles.deleteTree(tree);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot remove " + tree, e);
        }
    }

    private EventLog log() {
        return new EventLog(home.events());
    }

    private RunEvents events(EventListener listener) {
        return new RunEvents(
                log(),
                listener,
                parts.clock(),
                TransactionId.next(parts.clock().instant(), RandomGenerator.getDefault()));
    }
}
