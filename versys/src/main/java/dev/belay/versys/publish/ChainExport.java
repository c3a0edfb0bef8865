package dev.belay.versys.publish;

import dev.belay.packaging.failure.RefusedException;
import dev.belay.versys.client.OfflineExport;
import dev.belay.versys.client.Repositories;
import dev.belay.versys.client.TargetSource.Target;
import dev.belay.versys.client.TransferLimits;
import dev.belay.versys.client.TufClient;
import dev.belay.versys.graph.Artifact;
import dev.belay.versys.graph.Channel;
import dev.belay.versys.metadata.MetadataException;
import dev.belay.versys.plan.PlanRequest;
import dev.belay.versys.plan.PlanResult;
import dev.belay.versys.plan.PlannedHop;
import dev.belay.versys.plan.UnknownNameException;
import dev.belay.versys.plan.UpgradePlanner;
import dev.belay.versys.signing.RoleNames;
import dev.belay.versys.version.Version;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/// Puts the whole chain from one version to another into one offline file: bundles of every hop,
/// the channel document with its notes, and all metadata.
public final class ChainExport {
    private static final long MAX_DOCUMENT = 32L * 1024 * 1024;

    private final Path vendorDirectory;
    private final Vendor vendor;
    private final Consumer<String> words;

    /// @param words told what goes into the file
    public ChainExport(Path vendorDirectory, Vendor vendor, Consumer<String> words) {
        this.vendorDirectory = vendorDirectory;
        this.vendor = vendor;
        this.words = words;
    }

    /// Which chain.
    ///
    /// @param to empty for the newest release that can be reached
    /// @param acceptedRisks risks that the hosts' admins accept
    public record Chain(
            String channel,
            Version from,
            Optional<Version> to,
            String platform,
            List<String> acceptedRisks) {
        public Chain {
            acceptedRisks = List.copyOf(acceptedRisks);
        }
    }

    /// Writes the file.
    ///
    /// @throws RefusedException `no-chain` if the planner finds no way
    public void write(Path file, Chain chain) {
        byte[] root;
        try {
            root = Files.readAllBytes(vendorDirectory.resolve("root.json"));
        } catch (IOException e) {
            throw VendorSettings.unusable(vendorDirectory.resolve("root.json"), e);
        }
        new OfflineExport(
                        Repositories.fetcher(TransferLimits.DEFAULT), vendor.endpoint().location())
                .write(file, root, vendor.clock().instant(), client -> targets(client, chain));
    }

    private List<Target> targets(TufClient client, Chain chain) {
        String path = RoleNames.channelPath(vendor.settings().product(), chain.channel());
        Target document = find(client, path);
        Channel channel = Channel.parse(client.read(document, MAX_DOCUMENT));
        List<Target> targets = new ArrayList<>(List.of(document));
        for (PlannedHop hop : hops(channel, chain)) {
            Artifact bundle =
                    channel.release(hop.version())
                            .map(release -> release.availability().platforms())
                            .flatMap(all -> bundle(all, chain.platform()))
                            .orElseThrow(() -> noBundle(hop.version(), chain.platform()));
            words.accept(hop.version() + ": " + hop.why());
            Target target = find(client, bundle.targetPath());
            bundle.requireSigned(target.length(), target.digests());
            targets.add(target);
        }
        return targets;
    }

    private static Optional<Artifact> bundle(Map<String, Artifact> platforms, String platform) {
        return Optional.ofNullable(platforms.get(platform))
                .or(() -> Optional.ofNullable(platforms.get("any")));
    }

    private List<PlannedHop> hops(Channel channel, Chain chain) {
        UnknownNameException.check(channel, chain.acceptedRisks(), List.of());
        PlanRequest.Builder request =
                PlanRequest.builder(chain.from(), vendor.clock().instant())
                        .wariness(0)
                        .platform(chain.platform());
        chain.to().ifPresent(request::to);
        chain.acceptedRisks().forEach(request::acceptRisk);
        PlanResult result = new UpgradePlanner(channel).plan(request.build());
        if (result instanceof PlanResult.UpgradePath path) {
            return path.hops();
        }
        String why =
                result.reasons().stream()
                        .map(reason -> String.valueOf(reason.message()))
                        .collect(Collectors.joining(" "));
        throw new RefusedException(
                "no-chain",
                "There is no chain from " + chain.from() + " (" + result.outcome() + "). " + why,
                "Nothing was written. See versys plan.");
    }

    private static Target find(TufClient client, String path) {
        return client.find(path)
                .orElseThrow(() -> MetadataException.missing("no trusted role signs " + path));
    }

    private static RefusedException noBundle(Version version, String platform) {
        return new RefusedException(
                "no-bundle",
                version + " has no bundle for " + platform + ". Nothing was written.",
                "Name another --platform.");
    }
}
