package dev.belay.supervisor.offer;

import dev.belay.packaging.digest.Digest;
import dev.belay.supervisor.deployment.ConfigDirectory;
import dev.belay.supervisor.deployment.Deployment;
import dev.belay.supervisor.deployment.Home;
import dev.belay.supervisor.merge.MergedConfig;
import dev.belay.supervisor.status.RejectedRelease;
import dev.belay.supervisor.status.RejectedReleases;
import dev.belay.versys.version.Version;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A chain that is ready to be walked: its releases are unpacked on this host and have agreed to
/// run here, its configuration is merged. What is shown of it is what is executed.
///
/// @param transaction id of the run that it is prepared for
/// @param chain what is shown
/// @param configs the merged configuration of each hop
/// @param metadata digest of the signed snapshot that it stands on; empty if the releases come from
///   elsewhere
/// @param rejected the releases that counted as rejected
/// @param downloadedBytes what was fetched for it
public record PreparedPlan(
        String transaction,
        ChainPlan chain,
        List<MergedConfig> configs,
        Optional<Digest> metadata,
        List<RejectedRelease> rejected,
        long downloadedBytes) {
    public PreparedPlan {
        configs = List.copyOf(configs);
        rejected = List.copyOf(rejected);
    }

    /// What is no longer as it was when this was made, in words; empty if it may be executed.
    public List<String> outdated(Home home) {
        Version installed = home.requireInstalled();
        if (!installed.equals(chain.from())) {
            return List.of(installed + " is installed now, no longer " + chain.from());
        }
        List<String> changes = new ArrayList<>();
        if (!metadata.equals(metadata(home))) {
            changes.add("the vendor has published something since");
        }
        if (!rejected.equals(new RejectedReleases(home.rejected()).all())) {
            changes.add("other releases count as rejected on this host");
        }
        chain.hops().stream()
                .map(ChainHop::to)
                .filter(release -> !home.has(release))
                .forEach(release -> changes.add(release + " is no longer unpacked"));
        configs.getFirst()
                .outdated(ConfigDirectory.live(home, Deployment.open(home, installed)))
                .forEach(file -> changes.add(file + " was changed"));
        return changes;
    }

    /// Digest of the signed snapshot that this host trusts now.
    static Optional<Digest> metadata(Home home) {
        Path snapshot = home.tuf().resolve("snapshot.json");
        try {
            return Optional.of(Digest.sha256(Files.readAllBytes(snapshot)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + snapshot, e);
        }
    }
}
