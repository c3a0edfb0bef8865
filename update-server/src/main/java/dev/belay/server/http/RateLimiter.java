package dev.belay.server.http;

import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

/// A token bucket per client address.
///
/// Remembers at most `maxAddresses` of them and forgets the longest unused first, so that a flood
/// of addresses costs bounded memory. Safe for use by many threads.
final class RateLimiter {
    private final double burst;
    private final double perSecond;
    private final InstantSource clock;
    private final Map<String, Bucket> buckets;

    /// @param burst how many may come at once
    /// @param perSecond how fast that fills up again
    RateLimiter(int burst, double perSecond, int maxAddresses, InstantSource clock) {
        this.burst = burst;
        this.perSecond = perSecond;
        this.clock = clock;
        this.buckets =
                new LinkedHashMap<>(16, 0.75f, true) {
                    private static final long serialVersionUID = 1;

                    @Override
                    protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
                        return size() > maxAddresses;
                    }
                };
    }

    private record Bucket(double left, long atMillis) {}

    /// Takes one from the address's bucket.
    ///
    /// @return false if it is empty
    synchronized boolean tryTake(String address) {
        long now = clock.millis();
        Bucket before = buckets.getOrDefault(address, new Bucket(burst, now));
        double refilled = Math.max(0, now - before.atMillis()) / 1000.0 * perSecond;
        double left = Math.min(burst, before.left() + refilled);
        boolean taken = left >= 1;
        buckets.put(address, new Bucket(taken ? left - 1 : left, now));
        return taken;
    }
}
