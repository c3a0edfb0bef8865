package dev.belay.versys.graph;

import dev.belay.versys.version.Version;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// What a channel document says beside its releases.
///
/// @param from the origins a release accepts that nothing else speaks for: `older`, `none`, a range
/// @param releasedLater whether a target must also have a later date than the origin
/// @param heads the newest release to be offered, per platform or for `any`
/// @param floor no release below it is a target
/// @param halted the kill switch: nothing is offered
/// @param channels the channels of a document with several
/// @param series what whole series accept or allow
/// @param rollouts of some moves alone
/// @param offers alternatives in order: the first that fits a host is its head
/// @param unlisted versions that are no releases and that hosts may come from
public record ChannelRules(
        String from,
        boolean releasedLater,
        Map<String, Version> heads,
        Optional<Version> floor,
        Optional<Notice> halted,
        Map<String, ChannelSet> channels,
        List<SeriesRule> series,
        List<StopRule> stops,
        List<EdgeRule> blocked,
        List<EdgeRule> conditions,
        List<EdgeRule> manualActions,
        List<EdgeRule> rollouts,
        List<OfferRule> offers,
        List<UnlistedRule> unlisted) {
    public ChannelRules {
        heads = Collections.unmodifiableMap(new TreeMap<>(heads));
        channels = Collections.unmodifiableMap(new TreeMap<>(channels));
        series = List.copyOf(series);
        stops = List.copyOf(stops);
        blocked = List.copyOf(blocked);
        conditions = List.copyOf(conditions);
        manualActions = List.copyOf(manualActions);
        rollouts = List.copyOf(rollouts);
        offers = List.copyOf(offers);
        unlisted = List.copyOf(unlisted);
    }

    /// The newest release for a platform, if the channel sets one.
    public Optional<Version> head(String platform) {
        return Optional.ofNullable(heads.get(platform))
                .or(() -> Optional.ofNullable(heads.get(Release.ANY_PLATFORM)));
    }
}
