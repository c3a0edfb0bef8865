package dev.belay.versys.plan;

import dev.belay.versys.graph.Channel;
import dev.belay.versys.plan.index.ChannelIndex;
import dev.belay.versys.version.Version;
import java.util.LinkedHashMap;
import java.util.Map;

/// Finds the way from the installed version to the wanted one. Pure and deterministic: the same
/// channel document and request give the same answer on the host and on the server.
///
/// An instance holds a channel prepared for many requests and is thread-safe.
public final class UpgradePlanner {
    /// Of so many versions that are not listed; hosts on the same one come in numbers.
    private static final int ENTERED = 8;

    private final ChannelIndex index;
    private final Map<Version, ChannelIndex> entered = new LinkedHashMap<>(16, 0.75F, true);

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
        return new Planning(indexFor(request.from()), request).plan();
    }

    /// One at a time: preparing a channel costs far more than asking it, and anybody may ask.
    private ChannelIndex indexFor(Version installed) {
        Channel channel = index.channel();
        if (channel.rules().unlisted().isEmpty() || channel.release(installed).isPresent()) {
            return index;
        }
        synchronized (entered) {
            ChannelIndex known = entered.get(installed);
            if (known == null) {
                known = channel.withUnlisted(installed).map(ChannelIndex::new).orElse(index);
                entered.put(installed, known);
                if (entered.size() > ENTERED) {
                    entered.remove(entered.keySet().iterator().next());
                }
            }
            return known;
        }
    }
}
