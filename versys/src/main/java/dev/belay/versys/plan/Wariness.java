package dev.belay.versys.plan;

import dev.belay.packaging.digest.Digest;
import java.nio.charset.StandardCharsets;

/// Where a host stands in phased rollouts when its admin sets nothing.
public final class Wariness {
    private Wariness() {}

    /// A number from 0 (included) to 1 (excluded), evenly spread over hosts and always the same for
    /// one host: the first 48 bits of the SHA-256 of its stable id.
    public static double ofHost(String hostId) {
        String hex = Digest.sha256(hostId.getBytes(StandardCharsets.UTF_8)).hex();
        return Long.parseLong(hex.substring(0, 12), 16) / (double) (1L << 48);
    }
}
