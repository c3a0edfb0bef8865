package dev.belay.versys.publish;

import dev.belay.packaging.digest.Digest;
import dev.belay.packaging.failure.RefusedException;
import dev.belay.packaging.failure.UntrustedException;
import dev.belay.versys.client.TargetSource.Target;
import dev.belay.versys.client.TufClient;
import dev.belay.versys.graph.Artifact;
import dev.belay.versys.graph.Channel;
import dev.belay.versys.graph.ChannelEdit;
import dev.belay.versys.graph.Release;
import dev.belay.versys.graph.ReleaseBuilder;
import dev.belay.versys.metadata.Drafts;
import dev.belay.versys.metadata.JsonValue.JsonObject;
import dev.belay.versys.signing.Change;
import dev.belay.versys.signing.PassphraseSource;
import dev.belay.versys.signing.PublicationConflictException;
import dev.belay.versys.signing.RoleNames;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;

/// The one way in which a channel changes: read what is published, edit, say the difference in
/// words, look for mistakes, sign, publish. If somebody publishes in between, all of it is done
/// anew.
public final class ChannelPublisher {
    private static final int ATTEMPTS = 5;
    private static final long MAX_DOCUMENT = 32L * 1024 * 1024;

    private final Vendor vendor;
    private final PassphraseSource passphrases;
    private final EditReview review;
    private final Consumer<String> words;

    /// @param words told each difference before it is signed
    public ChannelPublisher(
            Vendor vendor,
            PassphraseSource passphrases,
            EditReview review,
            Consumer<String> words) {
        this.vendor = vendor;
        this.passphrases = passphrases;
        this.review = review;
        this.words = words;
    }

    /// What a publication did.
    ///
    /// @param changes the differences in words; empty if there was nothing to do
    /// @param snapshotVersion what hosts see now
    public record Outcome(List<String> changes, long snapshotVersion) {
        public Outcome {
            changes = List.copyOf(changes);
        }
    }

    /// Changes one channel.
    ///
    /// @param edit from the published channel to the new one; may be called several times
    public Outcome edit(String channel, Function<Channel, ChannelEdit> edit) {
        return retrying(client -> {
            Channel before = read(client, channel);
            return publish(client, before, edit.apply(before), Map.of());
        });
    }

    /// Changes one channel by what is in another.
    ///
    /// @param edit from both channels to the new target channel
    public Outcome edit(
            String source, String target, BiFunction<Channel, Channel, ChannelEdit> edit) {
        return retrying(client -> {
            Channel before = read(client, target);
            return publish(client, before, edit.apply(read(client, source), before), Map.of());
        });
    }

    /// Publishes a whole document in the place of the present one.
    ///
    /// @throws RefusedException `wrong-product`, `scheme-changed`, `bundle-unpublished`
    public Outcome apply(Channel document) {
        return retrying(client -> {
            Channel before = read(client, document.name());
            requireFits(client, before, document);
            Channel next = pinned(client, document);
            List<String> changes = ChannelDifferences.between(Optional.of(before), next);
            if (changes.isEmpty()) {
                words.accept("Nothing to do: all of this is published already.");
                return new Outcome(List.of(), client.snapshotVersion());
            }
            return publish(client, before, new ChannelEdit(next, changes), Map.of());
        });
    }

    private void requireFits(TufClient client, Channel before, Channel document) {
        String product = vendor.settings().product();
        if (!document.product().equals(product)) {
            throw new RefusedException(
                    "wrong-product",
                    "The document is of " + document.product() + ", not of " + product + ".",
                    "Nothing was published. Use the directory of that product's vendor.");
        }
        if (!before.scheme().name().equals(document.scheme().name())) {
            throw new RefusedException(
                    "scheme-changed",
                    "Versions of this product are written as "
                            + before.scheme().name()
                            + ", not as "
                            + document.scheme().name()
                            + ".",
                    "Nothing was published. Correct the document's scheme.");
        }
        for (Release release : document.releases()) {
            for (Artifact bundle : release.availability().platforms().values()) {
                Target target =
                        client.find(bundle.targetPath())
                                .orElseThrow(() ->
                                        new RefusedException(
                                                "bundle-unpublished",
                                                bundle.targetPath() + " is not published.",
                                                "Nothing was changed. Publish the bundle first:"
                                                        + " versys publish"));
                bundle.requireSigned(target.length(), target.digests());
            }
        }
    }

    /// The channel as it is published; an empty one if nothing is.
    public Channel published(String channel) {
        return read(vendor.refreshed(), channel);
    }

    Outcome retrying(Function<TufClient, Outcome> attempt) {
        for (int number = 1; ; number++) {
            try {
                return attempt.apply(vendor.forEditing());
            } catch (PublicationConflictException e) {
                if (!e.kind().equals("metadata-conflict") || number == ATTEMPTS) {
                    throw e;
                }
                words.accept("Somebody else published meanwhile; doing it again on top of that.");
            }
        }
    }

    /// The channel as it is published, or an empty one.
    Channel read(TufClient client, String channel) {
        String product = vendor.settings().product();
        Vendor.role(client, RoleNames.channel(product, channel));
        Optional<Target> document = client.find(RoleNames.channelPath(product, channel));
        return document.map(
                        target -> published(product, channel, client.read(target, MAX_DOCUMENT)))
                .orElseGet(() -> Channel.empty(product, channel, vendor.settings().scheme()));
    }

    private static Channel published(String product, String name, byte[] document) {
        Channel channel = Channel.parse(document);
        if (!channel.product().equals(product) || !channel.name().equals(name)) {
            throw new UntrustedException(
                    "channel-mismatch",
                    "What is published as channel " + name + " is " + channel + ".",
                    "Nothing was changed. Look at who may sign it: versys status.");
        }
        return channel;
    }

    /// Signs and publishes a changed channel, with new releases if there are any.
    ///
    /// @param before the channel as it is published
    /// @param releases what to add to the releases role: target objects by path
    /// @throws RefusedException if the edit makes a mistake
    Outcome publish(
            TufClient client, Channel before, ChannelEdit edit, Map<String, JsonObject> releases) {
        String channel = before.name();
        edit.changes().forEach(words);
        String product = vendor.settings().product();
        review.or(vendor.endpoint().hosts(product, channel).requests(vendor.clock().instant()))
                .check(before, edit.channel(), words);
        byte[] document = pinned(client, edit.channel()).toJson();
        String path = RoleNames.channelPath(product, channel);
        Map<String, JsonObject> signed = new HashMap<>();
        signed.put(
                RoleNames.channel(product, channel),
                next(
                        client,
                        RoleNames.channel(product, channel),
                        Map.of(path, Drafts.target(document.length, Digest.sha256(document)))));
        if (!releases.isEmpty()) {
            String role = RoleNames.releases(product);
            signed.put(role, next(client, role, releases));
        }
        Change change = Change.unsigned(signed, Map.of(path, document));
        return new ChangeApproval(vendor, passphrases, words)
                .approve(client, change, edit.changes());
    }

    /// The channel with the digest of every bundle that signed metadata names, so that the people
    /// who sign it sign the bytes, and not only their names. Documents from before it was so get
    /// theirs with their next edit.
    private Channel pinned(TufClient client, Channel channel) {
        Channel pinned =
                channel.withReleases(
                        channel.releases().stream().map(each -> pinned(client, each)).toList());
        if (!pinned.equals(channel)) {
            words.accept(
                    "From now on "
                            + channel.name()
                            + " names the bytes of all its bundles that are published.");
        }
        return pinned;
    }

    private static Release pinned(TufClient client, Release release) {
        ReleaseBuilder pinned = new ReleaseBuilder(release);
        release.availability()
                .platforms()
                .forEach((platform, artifact) -> {
                    if (artifact.sha256().isEmpty()) {
                        client.find(artifact.targetPath())
                                .filter(target -> target.length() == artifact.length())
                                .flatMap(ChannelPublisher::sha256)
                                .ifPresent(digest ->
                                        pinned.platform(
                                                platform,
                                                new Artifact(
                                                        artifact.targetPath(),
                                                        artifact.length(),
                                                        artifact.unpackedBytes(),
                                                        Optional.of(digest))));
                    }
                });
        return pinned.build();
    }

    private static Optional<Digest> sha256(Target target) {
        return target.digests().stream()
                .filter(digest -> digest.algorithm() == Digest.Algorithm.SHA256)
                .findFirst();
    }

    /// The next version of a role, with these targets added or replaced. Everything else in it
    /// stays as it is, known to us or not.
    private JsonObject next(TufClient client, String role, Map<String, JsonObject> targets) {
        return Drafts.nextTargets(
                Vendor.role(client, role),
                vendor.clock().instant().plus(NewRepository.LIFE),
                targets);
    }
}
