package dev.belay.packaging.digest;

import java.security.MessageDigest;
import java.util.EnumMap;
import java.util.Map;

/// Several running digests over the same bytes, and their count.
final class DigestSet {
    private final Map<Digest.Algorithm, MessageDigest> running =
            new EnumMap<>(Digest.Algorithm.class);
    private long count;

    DigestSet(Digest.Algorithm... algorithms) {
        if (algorithms.length == 0) {
            throw new IllegalArgumentException("name at least one algorithm");
        }
        for (Digest.Algorithm algorithm : algorithms) {
            running.put(algorithm, algorithm.newDigest());
        }
    }

    void update(byte[] bytes, int offset, int length) {
        running.values().forEach(digest -> digest.update(bytes, offset, length));
        count += length;
    }

    long count() {
        return count;
    }

    Digest digest(Digest.Algorithm algorithm) {
        MessageDigest digest = running.get(algorithm);
        if (digest == null) {
            throw new IllegalArgumentException(algorithm.label() + " is not computed here");
        }
        return finished(algorithm, digest);
    }

    private static Digest finished(Digest.Algorithm algorithm, MessageDigest digest) {
        try {
            return Digest.of(algorithm, ((MessageDigest) digest.clone()).digest());
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("the JDK's own digests can be cloned", e);
        }
    }
}
