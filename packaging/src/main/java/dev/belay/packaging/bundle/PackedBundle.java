package dev.belay.packaging.bundle;

import dev.belay.packaging.digest.Digest;
import java.nio.file.Path;

/// A bundle that was written and read back.
///
/// @param size bytes of the bundle file
/// @param sha256 digest of the bundle file
public record PackedBundle(Path file, long size, Digest sha256, BundleManifest manifest) {}
