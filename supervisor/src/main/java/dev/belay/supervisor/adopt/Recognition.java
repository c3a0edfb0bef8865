package dev.belay.supervisor.adopt;

import dev.belay.packaging.bundle.BundleFile;
import dev.belay.packaging.bundle.BundleManifest;
import dev.belay.packaging.bundle.FileClass;
import dev.belay.packaging.bundle.InspectedBundle;
import dev.belay.packaging.failure.RefusedException;
import dev.belay.supervisor.deployment.ForeignTree;
import dev.belay.supervisor.deployment.LocalChanges;
import dev.belay.supervisor.offer.Offer;
import dev.belay.versys.release.Layout;
import dev.belay.versys.release.ReleaseDescriptor;
import dev.belay.versys.version.Version;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Which release of a channel an installation is: the one whose program files it has. Of each
/// bundle only the beginning is fetched, where the manifest is, the newest first, until one fits
/// wholly. Config, data and scratch say nothing, since everybody's are different.
///
/// @param version the release
/// @param bundle what its bundle says of itself; unverified, as all of this
record Recognition(Version version, InspectedBundle bundle, LocalChanges program) {
    /// @param named the only release to look at; empty for all
    /// @throws RefusedException `release-not-recognised`, `release-ambiguous`
    static Recognition of(ForeignTree tree, Offer offer, Optional<Version> named) {
        Recognition best = null;
        Recognition equal = null;
        for (Version version : named.map(List::of).orElseGet(offer::releases)) {
            Recognition next = compare(tree, offer, version);
            if (best == null || next.unlike() < best.unlike()) {
                best = next;
                equal = null;
            } else if (next.unlike() == best.unlike()) {
                equal = next;
            }
            if (best.unlike() == 0) {
                return best;
            }
        }
        if (best == null || 2L * best.unlike() > best.files()) {
            throw notRecognised(tree, best);
        }
        if (equal != null) {
            throw new RefusedException(
                    "release-ambiguous",
                    tree.root()
                            + " is as like to "
                            + best.version
                            + " as to "
                            + equal.version
                            + ". Nothing was changed.",
                    "Say which release it is: --version VERSION");
        }
        return best;
    }

    private static RefusedException notRecognised(ForeignTree tree, @Nullable Recognition best) {
        return new RefusedException(
                "release-not-recognised",
                tree.root()
                        + " is none of the channel's releases for this host"
                        + (best == null
                                ? ""
                                : "; "
                                        + best.version
                                        + " comes nearest, and "
                                        + best.unlike()
                                        + " of its "
                                        + best.files()
                                        + " program files are missing or different")
                        + ". Nothing was changed.",
                "Name the directory that the product was unpacked to, with its version:"
                        + " --version VERSION");
    }

    private static Recognition compare(ForeignTree tree, Offer offer, Version version) {
        InspectedBundle bundle = offer.glance(version);
        return new Recognition(
                version, bundle, tree.compare(bundle.manifest(), layout(version, bundle)));
    }

    private static Layout layout(Version version, InspectedBundle bundle) {
        return ReleaseDescriptor.parsePublished(
                        bundle.releaseYaml().getBytes(StandardCharsets.UTF_8),
                        version + ": release.yaml")
                .layout();
    }

    Layout layout() {
        return layout(version, bundle);
    }

    /// How many program files it has; that directories are alike says nothing.
    private long files() {
        return bundle.manifest().ofClass(FileClass.PROGRAM).stream()
                .filter(BundleFile.RegularFile.class::isInstance)
                .filter(file -> !file.path().isWithin(BundleManifest.METADATA))
                .count();
    }

    /// How many program files are not those of the release.
    int unlike() {
        return program.changed().size() + program.missing().size();
    }
}
