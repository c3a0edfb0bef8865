package dev.belay.supervisor.deployment;

import dev.belay.packaging.durable.DurableFiles;
import dev.belay.packaging.failure.BelayException;
import dev.belay.versys.version.Version;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotLinkException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// A host's home: where everything of one product lies. The layout is described in
/// `docs/architecture.md`.
///
/// @param root absolute, normalised
public record Home(Path root) {
    public Home {
        root = root.toAbsolutePath().normalize();
    }

    /// The nearest directory, from `start` upwards, that holds a supervisor.yaml.
    public static Optional<Home> around(Path start) {
        for (Path at = start.toAbsolutePath().normalize(); at != null; at = at.getParent()) {
            if (Files.isRegularFile(at.resolve("supervisor.yaml"))) {
                return Optional.of(new Home(at));
            }
        }
        return Optional.empty();
    }

    /// Makes the directories that are missing; the supervisor's own is for nobody else.
    public void create() {
        try {
            DurableFiles.createDirectories(root, DurableFiles.READABLE_DIRECTORY);
            DurableFiles.createDirectories(releases(), DurableFiles.READABLE_DIRECTORY);
            DurableFiles.createDirectories(config(), DurableFiles.READABLE_DIRECTORY);
            DurableFiles.createDirectories(data(), DurableFiles.READABLE_DIRECTORY);
            for (Path directory : List.of(journal(), backups(), aside(), cache(), outbox())) {
                DurableFiles.createDirectories(directory, DurableFiles.PRIVATE_DIRECTORY);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot set up " + root, e);
        }
    }

    /// The version that `current` points to; empty on an empty home.
    public Optional<Version> installed() {
        try {
            Path target = Files.readSymbolicLink(current());
            return Optional.of(version(target));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (NotLinkException e) {
            throw damaged("it is no symbolic link", e);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + current(), e);
        }
    }

    /// The same, for what needs a release.
    ///
    /// @throws BelayException `nothing-installed`
    public Version requireInstalled() {
        return installed()
                .orElseThrow(() ->
                        new BelayException(
                                "nothing-installed",
                                "Nothing is installed in " + root + ".",
                                "Put a release there: supervisor install --help"));
    }

    private Version version(Path target) {
        String name = String.valueOf(target.getFileName());
        try {
            return Version.of(name);
        } catch (IllegalArgumentException e) {
            throw damaged(target + " is no release", e);
        }
    }

    private BelayException damaged(String how, Exception cause) {
        return new BelayException(
                "home-damaged",
                current() + " does not lead to a release of this home: " + how + ".",
                "Let it point to one of "
                        + releases()
                        + ", for example: ln -sfn releases/VERSION "
                        + current(),
                cause);
    }

    /// Points `current` to a release, by one atomic rename. Nothing happens if it does already.
    public void switchTo(Version version) {
        Path target = root.getFileSystem().getPath("releases", version.text());
        try {
            if (!Files.isSymbolicLink(current())
                    || !Files.readSymbolicLink(current()).equals(target)) {
                // who brought the release may have died before its name was on the disk
                DurableFiles.syncDirectory(releases());
                DurableFiles.swapLink(current(), target);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot switch to " + version, e);
        }
    }

    /// Whether a release is unpacked here.
    public boolean has(Version version) {
        return Files.isDirectory(release(version), LinkOption.NOFOLLOW_LINKS);
    }

    /// The link to the current release.
    public Path current() {
        return root.resolve("current");
    }

    /// Where releases are unpacked.
    public Path releases() {
        return root.resolve("releases");
    }

    /// The directory of one release.
    public Path release(Version version) {
        return releases().resolve(version.text());
    }

    /// The live configuration.
    public Path config() {
        return root.resolve("config");
    }

    /// The product's own files.
    public Path data() {
        return root.resolve("data");
    }

    /// The admin's settings of the supervisor.
    public Path settings() {
        return root.resolve("supervisor.yaml");
    }

    /// The supervisor's own directory.
    public Path own() {
        return root.resolve(".supervisor");
    }

    /// Journals of runs, `<transaction>.log` each.
    public Path journal() {
        return own().resolve("journal");
    }

    /// The backup repository, unless supervisor.yaml names another place.
    public Path backups() {
        return own().resolve("backups");
    }

    /// What runs set aside, by transaction and hop.
    public Path aside() {
        return own().resolve("aside");
    }

    /// Downloaded bundles.
    public Path cache() {
        return own().resolve("cache");
    }

    /// Reports that wait for the update server.
    public Path outbox() {
        return own().resolve("outbox");
    }

    /// The metadata that this host trusts.
    public Path tuf() {
        return own().resolve("tuf");
    }

    /// The record of what it has seen, beside the metadata.
    public Path seen() {
        return own().resolve("seen");
    }

    /// What is now, as far as it cannot be read from the home itself.
    public Path status() {
        return own().resolve("status.json");
    }

    /// What happened.
    public Path events() {
        return own().resolve("events.jsonl");
    }

    /// What the admin had changed in the program of a release, and no later one could take over.
    public Path localChanges(Version version) {
        return root.resolve("local-changes").resolve(version.text());
    }

    /// What this home was made from, if it was adopted.
    public Path adoption() {
        return own().resolve("adoption.json");
    }

    /// What is to stay of this home, if it is being removed.
    public Path removal() {
        return own().resolve("removal.json");
    }

    /// Releases that failed on this host.
    public Path rejected() {
        return own().resolve("rejected.json");
    }

    /// What another supervisor must know to find the product's process.
    public Path serviceRecord() {
        return own().resolve("service.json");
    }

    /// The product's output.
    public Path productLog() {
        return own().resolve("product.log");
    }

    /// How this host calls itself, unless supervisor.yaml says.
    public Path hostId() {
        return own().resolve("host-id");
    }

    /// Locked by whoever changes the home.
    public Path lock() {
        return own().resolve("lock");
    }

    /// Who that is.
    public Path lockOwner() {
        return own().resolve("lock.json");
    }

    /// Locked by whoever brings releases to the home.
    public Path stagingLock() {
        return own().resolve("staging.lock");
    }

    /// Who that is.
    public Path stagingLockOwner() {
        return own().resolve("staging.lock.json");
    }

    /// Space kept for the way back.
    public Path reserve() {
        return own().resolve("reserve");
    }

    /// The resident agent: its process and its page.
    public Path agent() {
        return own().resolve("agent.json");
    }

    /// Locked by the resident agent.
    public Path agentLock() {
        return own().resolve("agent.lock");
    }

    /// Links to the admin page that were not used yet.
    public Path links() {
        return own().resolve("links");
    }

    /// Sessions of the admin page.
    public Path sessions() {
        return own().resolve("sessions");
    }
}
