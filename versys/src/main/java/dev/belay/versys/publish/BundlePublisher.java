package dev.belay.versys.publish;

import dev.belay.packaging.bundle.BundleReader;
import dev.belay.packaging.bundle.InspectedBundle;
import dev.belay.packaging.digest.Digest;
import dev.belay.packaging.failure.BelayException;
import dev.belay.packaging.failure.RefusedException;
import dev.belay.versys.client.TargetSource.Target;
import dev.belay.versys.client.TufClient;
import dev.belay.versys.graph.Artifact;
import dev.belay.versys.graph.Channel;
import dev.belay.versys.graph.ChannelEdit;
import dev.belay.versys.graph.ChannelEditor;
import dev.belay.versys.graph.NewRelease;
import dev.belay.versys.metadata.Drafts;
import dev.belay.versys.metadata.JsonValue.JsonObject;
import dev.belay.versys.publish.ChannelPublisher.Outcome;
import dev.belay.versys.release.ReleaseDescriptor;
import dev.belay.versys.release.UpgradeRule;
import dev.belay.versys.signing.PassphraseSource;
import dev.belay.versys.signing.PublicationConflictException;
import dev.belay.versys.signing.RoleNames;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// Publishes bundles: checked, uploaded, named in the releases role and offered in a channel.
public final class BundlePublisher {
    private final Vendor vendor;
    private final ChannelPublisher channels;
    private final Consumer<String> words;

    /// @param words told what happens, a sentence each
    public BundlePublisher(
            Vendor vendor,
            PassphraseSource passphrases,
            EditReview review,
            Consumer<String> words) {
        this.vendor = vendor;
        this.channels = new ChannelPublisher(vendor, passphrases, review, words);
        this.words = words;
    }

    /// A bundle that was read from start to end and is what its manifest says.
    private record Checked(
            Path file,
            Digest digest,
            long length,
            InspectedBundle bundle,
            ReleaseDescriptor release) {
        String path() {
            return RoleNames.bundlePath(
                    release.product(), release.version().text(), release.platform());
        }

        String name() {
            return release.product() + " " + release.version() + " for " + release.platform();
        }
    }

    /// Publishes all of them to one channel, in this order. Doing it again changes nothing.
    ///
    /// @throws PublicationConflictException `release-exists` if a version is there with other bytes
    /// @throws dev.belay.packaging.failure.UntrustedException if a bundle is damaged
    public Outcome publish(List<Path> bundles, String channel) {
        List<Checked> checked = new ArrayList<>();
        for (Path bundle : bundles) {
            checked.add(check(bundle));
        }
        return channels.retrying(client -> publish(client, checked, channel));
    }

    private Checked check(Path file) {
        try {
            Digest digest = BundleReader.verify(file);
            InspectedBundle bundle = BundleReader.inspect(file);
            ReleaseDescriptor release =
                    ReleaseDescriptor.parsePublished(
                            bundle.releaseYaml().getBytes(StandardCharsets.UTF_8),
                            file + "!/.release/release.yaml");
            String product = vendor.settings().product();
            if (!release.product().equals(product)) {
                throw new RefusedException(
                        "wrong-product",
                        file
                                + " is a release of "
                                + release.product()
                                + ", not of "
                                + product
                                + ".",
                        "Nothing was published. Use the directory of that product's vendor.");
            }
            words.accept(
                    "checked "
                            + file.getFileName()
                            + ": "
                            + release.product()
                            + " "
                            + release.version()
                            + " for "
                            + release.platform()
                            + ", "
                            + digest);
            return new Checked(file, digest, Files.size(file), bundle, release);
        } catch (IOException e) {
            throw new BelayException(
                    "bundle-unreadable",
                    "Cannot read " + file + ": " + e.getMessage() + ".",
                    "Nothing was published. Check the path.",
                    e);
        }
    }

    private Outcome publish(TufClient client, List<Checked> bundles, String channelName) {
        Map<String, JsonObject> newTargets = new LinkedHashMap<>();
        List<String> changes = new ArrayList<>();
        Channel before = channels.read(client, channelName);
        Channel channel = before;
        for (Checked bundle : bundles) {
            if (isNew(client, bundle)) {
                upload(bundle);
                newTargets.put(bundle.path(), Drafts.target(bundle.length(), bundle.digest()));
            }
            if (!isOffered(channel, bundle)) {
                ChannelEdit edit = ChannelEditor.add(channel, newRelease(bundle));
                channel = edit.channel();
                changes.addAll(edit.changes());
            }
        }
        if (newTargets.isEmpty() && changes.isEmpty()) {
            words.accept("Nothing to do: the very same bytes are published already.");
            return new Outcome(List.of(), client.snapshotVersion());
        }
        return channels.publish(client, before, new ChannelEdit(channel, changes), newTargets);
    }

    private static boolean isNew(TufClient client, Checked bundle) {
        Optional<Target> published = client.find(bundle.path());
        if (published.isPresent() && !published.get().digests().contains(bundle.digest())) {
            throw new PublicationConflictException(
                    "release-exists",
                    bundle.name() + " is published with other bytes. Nothing was changed.",
                    "A release never changes: give the new build a new version.");
        }
        return published.isEmpty();
    }

    private static boolean isOffered(Channel channel, Checked bundle) {
        return channel.release(bundle.release().version())
                .map(release -> release.availability().platforms())
                .filter(platforms -> platforms.containsKey(bundle.release().platform()))
                .isPresent();
    }

    private void upload(Checked bundle) {
        words.accept(
                "uploading "
                        + bundle.file().getFileName()
                        + " ("
                        + megabytes(bundle.length())
                        + ")");
        vendor.endpoint().stage(bundle.release().product(), bundle.digest(), bundle.file());
    }

    private static String megabytes(long bytes) {
        return Math.round(bytes / 1e5) / 10.0 + " MB";
    }

    private NewRelease newRelease(Checked bundle) {
        ReleaseDescriptor release = bundle.release();
        UpgradeRule upgrade = release.upgrade();
        return new NewRelease(
                release.version(),
                vendor.clock().instant(),
                release.platform(),
                new Artifact(
                        bundle.path(),
                        bundle.length(),
                        bundle.bundle().manifest().unpackedBytes(),
                        Optional.of(bundle.digest())),
                Optional.of(upgrade.from().orElse("none")),
                upgrade.requiredStop(),
                release.requires().facts(),
                upgrade.conditions().stream().map(BundlePublisher::risk).toList(),
                bundle.bundle().notes().orElse(""));
    }

    private static NewRelease.Risk risk(UpgradeRule.Condition condition) {
        return new NewRelease.Risk(
                condition.risk(), condition.when(), condition.message(), condition.url());
    }
}
