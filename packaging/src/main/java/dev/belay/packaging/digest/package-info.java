/// Digests and the streams that compute them or enforce a length. Pure, with one exception:
/// [dev.belay.packaging.digest.Digests] opens a file to read it.
@NullMarked
package dev.belay.packaging.digest;

import org.jspecify.annotations.NullMarked;
