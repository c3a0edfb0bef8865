/// Deterministic tar writing and extraction that never leaves one root.
@NullMarked
package dev.belay.packaging.archive;

import org.jspecify.annotations.NullMarked;
