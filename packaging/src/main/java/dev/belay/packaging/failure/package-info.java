/// The one exception root: a machine `kind` next to words for people. Depends on nothing.
@NullMarked
package dev.belay.packaging.failure;

import org.jspecify.annotations.NullMarked;
