package dev.belay.server.catalog;

import dev.belay.versys.graph.Channel;
import dev.belay.versys.graph.Release;
import dev.belay.versys.plan.UpgradePlanner;
import java.util.List;
import java.util.Optional;

/// A channel as it is published, with the planner that was built from its document.
///
/// @param digest SHA-256 of its signed document, or empty before its first
/// @param document its rules and releases; empty before its first, or if it cannot be read
/// @param planner answers for hosts on this channel; there whenever the document is
/// @param problem why its document cannot be read, in words
public record PublishedChannel(
        ChannelName name,
        String digest,
        Optional<Channel> document,
        Optional<UpgradePlanner> planner,
        Optional<String> problem) {

    /// Before its first document.
    static PublishedChannel empty(ChannelName name) {
        return new PublishedChannel(name, "", Optional.empty(), Optional.empty(), Optional.empty());
    }

    /// With a document. Building the planner costs far more than asking it, so it is built once.
    static PublishedChannel of(ChannelName name, String digest, Channel document) {
        return new PublishedChannel(
                name,
                digest,
                Optional.of(document),
                Optional.of(new UpgradePlanner(document)),
                Optional.empty());
    }

    /// With a document that cannot be used.
    static PublishedChannel broken(ChannelName name, String digest, String problem) {
        return new PublishedChannel(
                name, digest, Optional.empty(), Optional.empty(), Optional.of(problem));
    }

    /// The releases in the order of the document, newest last.
    public List<Release> releases() {
        return document.map(Channel::releases).orElse(List.of());
    }
}
