package dev.belay.versys.client;

import dev.belay.packaging.failure.BelayException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Holds back what a run writes until it is told to keep it, so that a run that is refused half way
/// leaves the store below as it was, byte for byte.
final class HeldStore implements MetadataStore {
    private final MetadataStore below;
    private final Map<String, Optional<byte[]>> found = new HashMap<>();
    private final Map<String, byte[]> held = new LinkedHashMap<>();
    private boolean kept;

    HeldStore(MetadataStore below) {
        this.below = below;
    }

    @Override
    public Optional<byte[]> read(String role) {
        if (kept) {
            return below.read(role);
        }
        byte @Nullable [] mine = held.get(role);
        return mine != null
                ? Optional.of(mine.clone())
                : found.computeIfAbsent(role, below::read).map(byte[]::clone);
    }

    @Override
    public void write(String role, byte[] bytes) {
        if (kept) {
            below.write(role, bytes);
        } else {
            held.put(role, bytes.clone());
        }
    }

    @Override
    public void requireRoot(long version) {
        below.requireRoot(version);
    }

    /// Writes what was held, in the order in which it was verified; from then on nothing is held
    /// any more. The caller has the store's lock.
    ///
    /// @throws BelayException `store-busy` if another run has changed the store since this one read
    ///   it: what it took over may be newer
    void keep() {
        if (kept) {
            return;
        }
        found.forEach((role, bytes) -> requireUnchanged(bytes, below.read(role)));
        held.forEach(below::write);
        kept = true;
    }

    private static void requireUnchanged(Optional<byte[]> before, Optional<byte[]> now) {
        if (!Arrays.equals(before.orElse(new byte[0]), now.orElse(new byte[0]))) {
            throw new BelayException(
                    "store-busy",
                    "Another run has refreshed the metadata of this home meanwhile. Nothing was"
                            + " changed.",
                    "Run the command again.");
        }
    }
}
