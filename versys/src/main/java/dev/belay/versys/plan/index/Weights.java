package dev.belay.versys.plan.index;

import dev.belay.versys.graph.Artifact;
import dev.belay.versys.graph.Release;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToLongFunction;

/// What landing on each release costs under the policies where that differs. Kept for the platforms
/// of the channel, for hosts ask again and again.
public final class Weights {
    /// A hop counts below everything else, so that ties go to fewer hops.
    private static final int HOP_BITS = 14;

    private static final long DEFAULT_DOWNTIME_SECONDS = 60;
    private static final String DOWNTIME = "";

    public static final long[] NONE = {};

    private final Ranks ranks;
    private final TargetTraits traits;
    private final Map<String, long[]> known = new ConcurrentHashMap<>();

    Weights(Ranks ranks, TargetTraits traits) {
        this.ranks = ranks;
        this.traits = traits;
    }

    /// By the seconds that the product is down; none if all releases weigh the same.
    public long[] downtime() {
        return known.computeIfAbsent(DOWNTIME, _ -> each(Weights::downtimeSeconds));
    }

    /// By the bytes to download; none if all releases weigh the same.
    public long[] download(Optional<String> platform) {
        return platform.filter(traits::isPlatform).isPresent()
                ? known.computeIfAbsent(
                        platform.get(), _ -> each(release -> downloadBytes(release, platform)))
                : each(release -> downloadBytes(release, platform));
    }

    private long[] each(ToLongFunction<Release> amount) {
        long[] weights = new long[ranks.count()];
        for (int rank = 0; rank < weights.length; rank++) {
            weights[rank] = weight(amount.applyAsLong(ranks.release(rank)));
        }
        boolean same = Arrays.stream(weights).distinct().limit(2).count() < 2;
        return same ? NONE : weights;
    }

    /// Amounts beyond 16 GiB are cut so that the longest path still adds up.
    private static long weight(long amount) {
        return (Math.min(amount, 1L << 34) << HOP_BITS) + 1;
    }

    private static long downtimeSeconds(Release release) {
        return release.about().downtime().map(Duration::toSeconds).orElse(DEFAULT_DOWNTIME_SECONDS);
    }

    private static long downloadBytes(Release release, Optional<String> platform) {
        return platform.flatMap(release::artifact)
                .or(() -> release.availability().platforms().values().stream().findFirst())
                .map(Artifact::length)
                .orElse(0L);
    }
}
