package dev.belay.versys.plan.index;

import dev.belay.versys.graph.Release;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/// What is known of releases before any request, so that a search asks only what depends on it.
public final class TargetTraits {
    private final BitSet plain = new BitSet();
    private final BitSet deadEnds = new BitSet();
    private final BitSet everywhere = new BitSet();
    private final Map<String, BitSet> served = new HashMap<>();

    TargetTraits(Ranks ranks) {
        for (int rank = 0; rank < ranks.count(); rank++) {
            Release release = ranks.release(rank);
            plain.set(rank, isPlain(release));
            deadEnds.set(rank, release.passage().deadEnd().isPresent());
            Set<String> platforms = release.availability().platforms().keySet();
            everywhere.set(rank, platforms.isEmpty() || platforms.contains(Release.ANY_PLATFORM));
            for (String platform : platforms) {
                served.computeIfAbsent(platform, _ -> new BitSet()).set(rank);
            }
        }
        served.values().forEach(serving -> serving.or(everywhere));
    }

    private static boolean isPlain(Release release) {
        return release.availability().withdrawn().isEmpty()
                && release.availability().rollout().isEmpty()
                && release.availability().notBefore().isEmpty()
                && release.availability().requires().isEmpty()
                && release.availability().channels().isEmpty();
    }

    /// Whether landing on it depends on nothing but platform, head, floor and rejections (in a
    /// document with one channel).
    public boolean isPlain(int rank) {
        return plain.get(rank);
    }

    public boolean isDeadEnd(int rank) {
        return deadEnds.get(rank);
    }

    /// Whether a release has a bundle for this platform by name.
    boolean isPlatform(String platform) {
        return served.containsKey(platform);
    }

    /// The releases that hosts of a platform can have.
    public BitSet serving(String platform) {
        return served.getOrDefault(platform, everywhere);
    }
}
