package dev.belay.versys.trust;

import dev.belay.versys.metadata.MetadataException;
import dev.belay.versys.metadata.RoleMetadata;
import dev.belay.versys.metadata.SignedFile;
import dev.belay.versys.metadata.Signer;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A file kept by an earlier run, judged by the current root.
///
/// @param file null if there is none that counts
/// @param rotated what is well-formed but no longer signed by the role's keys; null if there is
///   none
record Recalled<T extends RoleMetadata>(
        @Nullable SignedFile<T> file, @Nullable SignedFile<T> rotated) {

    /// A file that cannot be read is as good as none: it is fetched anew.
    static <T extends RoleMetadata> Recalled<T> of(
            Optional<byte[]> kept, Function<byte[], SignedFile<T>> reader, Signer signer) {
        if (kept.isEmpty()) {
            return new Recalled<>(null, null);
        }
        SignedFile<T> file;
        try {
            file = reader.apply(kept.get());
        } catch (MetadataException e) {
            return new Recalled<>(null, null);
        }
        try {
            signer.verify("kept " + signer.name(), file);
            return new Recalled<>(file, null);
        } catch (MetadataException e) {
            return new Recalled<>(null, file);
        }
    }
}
