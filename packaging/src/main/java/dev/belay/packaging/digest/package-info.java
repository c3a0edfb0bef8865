/// Digests and the streams that compute them or enforce a length. Pure: no file access of its own
/// beyond streams.
@NullMarked
package dev.belay.packaging.digest;

import org.jspecify.annotations.NullMarked;
