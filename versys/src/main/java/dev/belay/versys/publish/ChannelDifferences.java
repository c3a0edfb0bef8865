package dev.belay.versys.publish;

import dev.belay.versys.graph.Artifact;
import dev.belay.versys.graph.Channel;
import dev.belay.versys.graph.Release;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Says in words what is different between two states of a channel, with the digest of every bundle
/// that one gets. Pure.
final class ChannelDifferences {
    private final Optional<Channel> old;
    private final Channel next;
    private final List<String> words = new ArrayList<>();

    private ChannelDifferences(Optional<Channel> old, Channel next) {
        this.old = old;
        this.next = next;
    }

    /// One sentence for each difference; empty if there is none.
    ///
    /// @param old empty if nothing was published
    static List<String> between(Optional<Channel> old, Channel next) {
        ChannelDifferences differences = new ChannelDifferences(old, next);
        next.releases().forEach(differences::release);
        old.ifPresent(differences::gone);
        return List.copyOf(differences.words);
    }

    private void release(Release release) {
        Optional<Release> before = old.flatMap(channel -> channel.release(release.version()));
        if (before.isEmpty()) {
            words.add(
                    "adds "
                            + next.product()
                            + " "
                            + release.version()
                            + " to "
                            + next.name()
                            + ".");
        } else if (!before.get().equals(release)) {
            words.add(
                    "changes what "
                            + next.name()
                            + " says of "
                            + release.version()
                            + ": "
                            + changed(before.get(), release)
                            + ".");
        }
        release.availability()
                .platforms()
                .forEach((platform, artifact) -> {
                    boolean known =
                            before.map(r -> r.availability().platforms().get(platform))
                                    .filter(artifact::equals)
                                    .isPresent();
                    if (!known) {
                        words.add("  " + release.version() + " for " + bytes(platform, artifact));
                    }
                });
    }

    /// For example `any: sha256 9f86d0…, 1048576 bytes`.
    static String bytes(String platform, Artifact artifact) {
        return platform
                + ": "
                + artifact.sha256()
                        .map(digest -> "sha256 " + digest.hex())
                        .orElse("bytes that this channel does not name")
                + ", "
                + artifact.length()
                + " bytes.";
    }

    private void gone(Channel channel) {
        channel.releases().stream()
                .filter(release -> next.release(release.version()).isEmpty())
                .forEach(release ->
                        words.add("removes " + release.version() + " from " + next.name() + "."));
        if (!channel.rules().equals(next.rules())) {
            words.add(
                    "changes the rules of "
                            + next.name()
                            + (channel.rules().halted().equals(next.rules().halted())
                                    ? " (blocks, stops, conditions)."
                                    : next.rules().halted().isPresent()
                                            ? ": nothing is offered any more."
                                            : ": updates are offered again."));
        }
    }

    private static String changed(Release old, Release next) {
        List<String> parts = new ArrayList<>();
        part(parts, "bundles", old.availability().platforms(), next.availability().platforms());
        part(parts, "withdrawn", old.availability().withdrawn(), next.availability().withdrawn());
        part(parts, "required stop", old.passage().requiredStop(), next.passage().requiredStop());
        part(parts, "dead end", old.passage().deadEnd(), next.passage().deadEnd());
        part(parts, "rollout", old.availability().rollout(), next.availability().rollout());
        part(parts, "origins", old.edges().from(), next.edges().from());
        part(parts, "notes", old.about().notes(), next.about().notes());
        return parts.isEmpty() ? "details" : String.join(", ", parts);
    }

    private static void part(List<String> parts, String name, Object old, Object next) {
        if (!old.equals(next)) {
            parts.add(name);
        }
    }
}
