package dev.belay.versys.plan;

import dev.belay.versys.graph.Channel;

/// Finds the way from the installed version to the wanted one. Pure and deterministic: the same
/// channel document and request give the same answer on the host and on the server.
///
/// An instance holds a channel prepared for many requests and is thread-safe.
public final class UpgradePlanner {
    private final ChannelIndex index;

    /// Prepares a channel.
    public UpgradePlanner(Channel channel) {
        index = new ChannelIndex(channel);
    }

    /// Plans one request against a channel that is not kept.
    ///
    /// @throws IllegalArgumentException if the pin is no range of the channel's versions
    public static PlanResult plan(Channel channel, PlanRequest request) {
        return new UpgradePlanner(channel).plan(request);
    }

    /// Plans a request.
    ///
    /// @throws IllegalArgumentException if the pin is no range of the channel's versions
    public PlanResult plan(PlanRequest request) {
        ChannelIndex entered =
                index.channel().withUnlisted(request.from()).map(ChannelIndex::new).orElse(index);
        return new Planning(entered, request).plan();
    }
}
