package dev.belay.server.catalog;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;

/// What is published at one moment.
///
/// @param snapshot version of the snapshot that hosts see, 0 before the first
/// @param products those with a delegation, also without any release
/// @param channels those with a delegation, also empty ones
/// @param expiries of every signed file
public record Catalog(
        long snapshot,
        SortedSet<String> products,
        SortedMap<ChannelName, PublishedChannel> channels,
        List<RoleExpiry> expiries) {

    /// The channel of that name.
    public Optional<PublishedChannel> channel(ChannelName name) {
        return Optional.ofNullable(channels.get(name));
    }

    /// The channels that are new or another in this catalogue than in `before`.
    public SortedSet<ChannelName> changedSince(Catalog before) {
        SortedSet<ChannelName> changed = new TreeSet<>();
        channels.forEach((name, channel) -> {
            PublishedChannel old = before.channels.get(name);
            if (old == null || !old.digest().equals(channel.digest())) {
                changed.add(name);
            }
        });
        return changed;
    }
}
