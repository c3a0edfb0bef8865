/// Deterministic tar.gz writing, and reading that accepts an archive as a whole or not at all.
///
/// Reading is done by Commons Compress; a second, strict parser of our own watches the same bytes,
/// and both must agree about every entry.
@NullMarked
package dev.belay.packaging.archive;

import org.jspecify.annotations.NullMarked;
