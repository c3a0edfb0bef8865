package dev.belay.supervisor.agent;

import dev.belay.supervisor.offer.Planned;
import dev.belay.supervisor.offer.UpdateRequest;
import dev.belay.supervisor.run.Updates;
import dev.belay.supervisor.status.EventListener;
import dev.belay.supervisor.status.HostStatus;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Plans for the page. Comparing a plan with the host downloads bundles, so several pages share one
/// plan, and a plan serves for a while as long as the host and what is offered to it stay the same.
final class PlanCache {
    private static final Duration GOOD_FOR = Duration.ofMinutes(2);

    private record Entry(List<@Nullable Object> key, Instant made, Planned plan) {}

    private final Supplier<Updates> updates;
    private final InstantSource clock;
    private @Nullable Entry entry;

    PlanCache(Supplier<Updates> updates, InstantSource clock) {
        this.updates = updates;
        this.clock = clock;
    }

    /// The plan to the newest release. Blocks while another caller's plan is being made.
    ///
    /// @param compared whether one from metadata alone will not do
    synchronized Planned plan(boolean compared) {
        Updates now = updates.get();
        List<@Nullable Object> key = key(now.status());
        Entry known = entry;
        if (known != null
                && known.key().equals(key)
                && (!compared || isCompared(known.plan()))
                && clock.instant().isBefore(known.made().plus(GOOD_FOR))) {
            return known.plan();
        }
        Planned plan =
                compared
                        ? now.plan(UpdateRequest.latest(), EventListener.NONE)
                        : now.outline(UpdateRequest.latest());
        entry = new Entry(key, clock.instant(), plan);
        return plan;
    }

    private static boolean isCompared(Planned plan) {
        return !(plan instanceof Planned.Outlined outlined) || outlined.chain().compared();
    }

    private static List<@Nullable Object> key(HostStatus host) {
        return Arrays.asList(host.installed(), host.available(), host.rejected());
    }
}
