package dev.belay.server.catalog;

import dev.belay.versys.graph.Channel;
import dev.belay.versys.graph.Release;
import java.util.List;
import java.util.Optional;

/// A channel as it is published.
///
/// @param digest SHA-256 of its signed document, or empty before its first
/// @param document its rules and releases; empty before its first, or if it cannot be read
/// @param problem why its document cannot be read, in words
public record PublishedChannel(
        ChannelName name, String digest, Optional<Channel> document, Optional<String> problem) {

    /// The releases in the order of the document, newest last.
    public List<Release> releases() {
        return document.map(Channel::releases).orElse(List.of());
    }
}
