package dev.belay.supervisor.deployment;

import dev.belay.packaging.bundle.BundleManifest;
import dev.belay.packaging.failure.BelayException;
import dev.belay.versys.release.ReleaseDescriptor;
import dev.belay.versys.version.Version;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// One unpacked release of a home, as it was shipped.
///
/// @param version its version
/// @param directory where it lies
/// @param descriptor its release.yaml
public record Deployment(Version version, Path directory, ReleaseDescriptor descriptor) {
    /// Reads what was unpacked.
    ///
    /// @throws dev.belay.versys.release.InvalidDescriptorException if its release.yaml is broken
    /// @throws BelayException `release-missing` if it is not unpacked
    public static Deployment open(Home home, Version version) {
        if (!home.has(version)) {
            throw new BelayException(
                    "release-missing",
                    "The release " + version + " is not unpacked in " + home.releases() + ".",
                    "Bring it back with a backup that holds the program (supervisor backup list),"
                            + " or unpack its bundle there.");
        }
        return open(version, home.release(version));
    }

    /// The installed release.
    ///
    /// @throws BelayException `nothing-installed`, `release-missing`
    public static Deployment installed(Home home) {
        return open(home, home.requireInstalled());
    }

    /// Reads what was unpacked somewhere, before it has its place in the home.
    public static Deployment open(Version version, Path directory) {
        Path yaml = directory.resolve(".release/release.yaml");
        try {
            return new Deployment(
                    version,
                    directory,
                    ReleaseDescriptor.parsePublished(
                            Files.readAllBytes(yaml), version + ": release.yaml"));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + yaml, e);
        }
    }

    /// Shipped defaults of the configuration: the base of a merge.
    public Path defaults() {
        return directory.resolve(".release/defaults");
    }

    /// The signed list of what was shipped.
    public BundleManifest shipped() {
        Path manifest = BundleManifest.MANIFEST.in(directory);
        try (InputStream json = Files.newInputStream(manifest)) {
            return BundleManifest.read(json);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + manifest, e);
        }
    }
}
