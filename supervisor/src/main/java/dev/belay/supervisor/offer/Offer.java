package dev.belay.supervisor.offer;

import dev.belay.packaging.bundle.BundleReader;
import dev.belay.packaging.bundle.InspectedBundle;
import dev.belay.packaging.failure.BelayException;
import dev.belay.packaging.failure.UntrustedException;
import dev.belay.supervisor.settings.Settings;
import dev.belay.supervisor.status.RejectedRelease;
import dev.belay.versys.client.TargetSource;
import dev.belay.versys.graph.Artifact;
import dev.belay.versys.graph.Channel;
import dev.belay.versys.graph.Release;
import dev.belay.versys.plan.Explanation;
import dev.belay.versys.plan.PlanPolicy;
import dev.belay.versys.plan.PlanRequest;
import dev.belay.versys.plan.PlanResult;
import dev.belay.versys.plan.Reason;
import dev.belay.versys.plan.UnknownNameException;
import dev.belay.versys.plan.UpgradePlanner;
import dev.belay.versys.plan.Wariness;
import dev.belay.versys.version.Version;
import dev.belay.versys.version.VersionScheme;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What the vendor's channel offers to this host at one moment: signed targets, planned here.
public final class Offer {
    private static final long MAX_CHANNEL_BYTES = 32L << 20;
    private final TargetSource source;
    private final Settings settings;
    private final Channel channel;
    private final String hostId;

    private Offer(TargetSource source, Settings settings, Channel channel, String hostId) {
        this.source = source;
        this.settings = settings;
        this.channel = channel;
        this.hostId = hostId;
    }

    /// Reads and verifies the repository.
    public static Offer read(TargetSource source, Settings settings, String hostId) {
        source.refresh();
        String path = settings.product() + "/channels/" + settings.channel() + ".json";
        TargetSource.Target document =
                source.find(path)
                        .orElseThrow(() ->
                                new BelayException(
                                        "channel-unknown",
                                        "The repository has no channel "
                                                + settings.channel()
                                                + " of "
                                                + settings.product()
                                                + ". Nothing was changed.",
                                        "Check product and channel in supervisor.yaml."));
        Channel channel = Channel.parse(source.read(document, MAX_CHANNEL_BYTES));
        if (!channel.product().equals(settings.product())
                || !channel.name().equals(settings.channel())) {
            throw new UntrustedException(
                    "channel-mismatch",
                    path + " describes another channel: " + channel + ". Nothing was changed.",
                    "Tell the vendor of this repository.");
        }
        return new Offer(source, settings, channel, hostId);
    }

    PlanResult plan(
            Version installed, UpdateRequest request, List<RejectedRelease> rejected, Instant now) {
        PlanResult result = UpgradePlanner.plan(channel, asked(installed, request, rejected, now));
        return request.target().isEmpty() && result instanceof PlanResult.UpgradePath path
                ? left(path.hops().getLast().version(), request, rejected)
                        .<PlanResult>map(
                                newer -> superseded(path.hops().getLast().version(), newer))
                        .orElse(path)
                : result;
    }

    /// The release that somebody went back from, if it is newer than the one that is offered now
    /// and the vendor still stands by it.
    private Optional<Version> left(
            Version offered, UpdateRequest request, List<RejectedRelease> rejected) {
        VersionScheme scheme = channel.scheme();
        return rejected.stream()
                .filter(release -> release.kind().equals(RejectedRelease.LEFT))
                .map(RejectedRelease::version)
                .filter(version ->
                        !request.retryRejected().contains(version)
                                && channel.release(version)
                                        .filter(r -> r.availability().withdrawn().isEmpty())
                                        .isPresent()
                                && scheme.key(version).compareTo(scheme.key(offered)) > 0)
                .findFirst();
    }

    /// Nobody who went back from a release wants one that it had superseded.
    private static PlanResult superseded(Version offered, Version left) {
        return new PlanResult.Held(
                List.of(),
                List.of(
                        new Reason(
                                "rejected",
                                Optional.of(left),
                                offered
                                        + " is older than "
                                        + left
                                        + ", from which somebody went back here; to take it all"
                                        + " the same: supervisor update --to "
                                        + offered,
                                Optional.empty(),
                                Optional.empty())));
    }

    /// The same answer in words, and in the form of its JSON.
    PlanAnswer explain(
            Version installed, UpdateRequest request, List<RejectedRelease> rejected, Instant now) {
        UpgradePlanner planner = new UpgradePlanner(channel);
        PlanRequest asked = asked(installed, request, rejected, now);
        return new PlanAnswer(planner.plan(asked), Explanation.of(planner, asked));
    }

    private PlanRequest asked(
            Version installed, UpdateRequest request, List<RejectedRelease> rejected, Instant now) {
        // Those of supervisor.yaml and of earlier updates may well be gone from the channel.
        UnknownNameException.check(
                channel,
                request.choices().acceptedRisks(),
                Stream.concat(
                                request.retryRejected().stream(),
                                request.choices().confirmed().stream())
                        .toList());
        PlanRequest.Builder builder =
                PlanRequest.builder(installed, now)
                        .platform(settings.platform())
                        .wariness(wariness(request.choices()))
                        .policy(
                                request.choices()
                                        .policy()
                                        .or(settings::policy)
                                        .orElse(PlanPolicy.FEWEST_HOPS))
                        .allowDowngrade(request.choices().allowDowngrade())
                        .facts(settings.facts());
        request.target().ifPresent(builder::to);
        settings.acceptedRisks().forEach(builder::acceptRisk);
        request.choices().acceptedRisks().forEach(builder::acceptRisk);
        settings.pin().ifPresent(pin -> builder.pin("<=" + pin));
        rejected.stream()
                .map(RejectedRelease::version)
                .filter(v -> !request.retryRejected().contains(v))
                .forEach(builder::reject);
        return builder.build();
    }

    private double wariness(Choices choices) {
        return choices.now() ? 0 : settings.wariness().orElseGet(() -> Wariness.ofHost(hostId));
    }

    /// What the admin should know of the channel, whether there is a way or not, in words.
    public List<String> warnings() {
        return channel.leavesBytesOpen()
                ? List.of(
                        "The channel "
                                + channel.name()
                                + " does not name the bytes of its bundles (format 1): whoever has"
                                + " the releases key and the online key could replace them. It is"
                                + " weaker until the vendor publishes it again.")
                : List.of();
    }

    /// The newest release of the channel on this platform; for installing on an empty home.
    public Version newest() {
        return channel.releases().reversed().stream()
                .filter(r ->
                        r.availability().withdrawn().isEmpty() && r.serves(settings.platform()))
                .map(Release::version)
                .findFirst()
                .orElseThrow(() ->
                        new BelayException(
                                "channel-empty",
                                "The channel has no release for " + settings.platform() + ".",
                                "Ask the vendor."));
    }

    /// The releases of the channel for this platform, the newest first. Also those that nobody is
    /// led to any more: a host may have them.
    public List<Version> releases() {
        return channel.releases().reversed().stream()
                .filter(r -> r.artifact(settings.platform()).isPresent())
                .map(Release::version)
                .toList();
    }

    /// What the bundle of a release says of itself, without downloading it. **Unverified**: good
    /// for a guess and nothing else.
    public InspectedBundle glance(Version version) {
        return source.peek(target(version), BundleReader::inspect);
    }

    /// The bundle of a release for this platform.
    public Artifact artifact(Version version) {
        return channel.release(version)
                .flatMap(r -> r.artifact(settings.platform()))
                .orElseThrow(() ->
                        new BelayException(
                                "release-unknown",
                                "The channel has no release "
                                        + version
                                        + " for "
                                        + settings.platform()
                                        + ". Nothing was changed.",
                                "See what there is: supervisor check"));
    }

    /// The signed target of that bundle.
    public TargetSource.Target target(Version version) {
        Artifact artifact = artifact(version);
        TargetSource.Target target =
                source.find(artifact.targetPath())
                        .orElseThrow(() ->
                                new UntrustedException(
                                        "bundle-unsigned",
                                        "The channel lists "
                                                + artifact.targetPath()
                                                + ", but nobody signed it. Nothing was changed.",
                                        "Tell the vendor of this repository."));
        artifact.requireSigned(target.length(), target.digests());
        return target;
    }

    TargetSource source() {
        return source;
    }
}
