package dev.belay.versys.plan.index;

import dev.belay.versys.graph.Channel;
import dev.belay.versys.graph.Release;
import dev.belay.versys.graph.Reserved;
import dev.belay.versys.version.Version;
import dev.belay.versys.version.VersionKey;
import dev.belay.versys.version.VersionRange;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// The releases of a channel in ascending order: by precedence, then as published. A release is its
/// rank from here on.
public final class Ranks {
    private final Channel channel;
    private final Release[] releases;
    private final VersionKey[] keys;
    private final int[] firstOfPrecedence;
    private final Map<String, Integer> ranks;
    private final Map<String, RankSet> sets;

    private record Keyed(Release release, VersionKey key) {}

    Ranks(Channel channel) {
        this.channel = channel;
        List<Keyed> sorted = new ArrayList<>(channel.releases().size());
        for (int i = 0; i < channel.releases().size(); i++) {
            sorted.add(new Keyed(channel.releases().get(i), channel.keys().get(i)));
        }
        sorted.sort(Comparator.comparing(Keyed::key));
        int count = sorted.size();
        sets = new ConcurrentHashMap<>(count);
        releases = new Release[count];
        keys = new VersionKey[count];
        firstOfPrecedence = new int[count];
        ranks = HashMap.newHashMap(count);
        for (int rank = 0; rank < count; rank++) {
            releases[rank] = sorted.get(rank).release();
            keys[rank] = sorted.get(rank).key();
            boolean same = rank > 0 && keys[rank].compareTo(keys[rank - 1]) == 0;
            firstOfPrecedence[rank] = same ? firstOfPrecedence[rank - 1] : rank;
            ranks.put(releases[rank].version().text(), rank);
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
        return ranks.getOrDefault(version.text(), -1);
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
        return sets.computeIfAbsent(range, text -> new RankSet(channel.range(text), keys));
    }

    /// A range of a rule that restricts.
    public RankSet restrictingSet(String range) {
        return set(Reserved.restricting(range));
    }
}
