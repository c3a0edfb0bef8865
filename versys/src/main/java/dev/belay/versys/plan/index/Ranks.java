package dev.belay.versys.plan.index;

import dev.belay.versys.graph.Channel;
import dev.belay.versys.graph.Release;
import dev.belay.versys.graph.Reserved;
import dev.belay.versys.version.Version;
import dev.belay.versys.version.VersionKey;
import dev.belay.versys.version.VersionRange;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;

/// The releases of a channel in ascending order: by precedence, then as published. A release is its
/// rank from here on.
public final class Ranks {
    private final Channel channel;
    private final Release[] releases;
    private final VersionKey[] keys;
    private final int[] firstOfPrecedence;

    /// By the place in publish order.
    private final int[] ranks;

    private final Map<String, RankSet> sets;

    Ranks(Channel channel) {
        this.channel = channel;
        int count = channel.releases().size();
        Integer[] places = IntStream.range(0, count).boxed().toArray(Integer[]::new);
        Arrays.sort(places, Comparator.comparing(channel.keys()::get));
        sets = new ConcurrentHashMap<>(count);
        releases = new Release[count];
        keys = new VersionKey[count];
        firstOfPrecedence = new int[count];
        ranks = new int[count];
        for (int rank = 0; rank < count; rank++) {
            int place = places[rank];
            releases[rank] = channel.releases().get(place);
            keys[rank] = channel.keys().get(place);
            boolean same = rank > 0 && keys[rank].compareTo(keys[rank - 1]) == 0;
            firstOfPrecedence[rank] = same ? firstOfPrecedence[rank - 1] : rank;
            ranks[place] = rank;
        }
    }

    public int count() {
        return releases.length;
    }

    public Release release(int rank) {
        return releases[rank];
    }

    public VersionKey key(int rank) {
        return keys[rank];
    }

    public boolean isPreRelease(int rank) {
        return keys[rank].isPreRelease();
    }

    /// All ranks below it have lower precedence.
    public int firstOfPrecedence(int rank) {
        return firstOfPrecedence[rank];
    }

    /// The rank of a version, or -1.
    public int rank(Version version) {
        int place = channel.place(version);
        return place < 0 ? -1 : ranks[place];
    }

    /// The first rank that is not below a key.
    public int firstAtLeast(VersionKey key) {
        int found = Arrays.binarySearch(keys, key);
        return found < 0 ? -found - 1 : firstOfPrecedence[found];
    }

    /// The first rank that lies above everything in a range.
    public int firstAbove(VersionRange range) {
        int low = 0;
        int high = keys.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (range.isBelow(keys[middle])) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    /// A range over these ranks, bisected once.
    public RankSet set(String range) {
        return set(range, 0);
    }

    /// As above, quicker if the range ends near a rank.
    RankSet set(String range, int near) {
        RankSet known = sets.get(range); // not computeIfAbsent, which locks: there are many
        if (known == null) {
            known = new RankSet(channel.range(range), keys, near);
            sets.put(range, known);
        }
        return known;
    }

    /// A range of a rule that restricts.
    public RankSet restrictingSet(String range) {
        return set(Reserved.restricting(range));
    }
}
