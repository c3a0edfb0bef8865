package dev.belay.versys.graph;

import java.util.List;

/// A channel after an edit, and what changed in words, one sentence each.
public record ChannelEdit(Channel channel, List<String> changes) {
    public ChannelEdit {
        changes = List.copyOf(changes);
    }
}
