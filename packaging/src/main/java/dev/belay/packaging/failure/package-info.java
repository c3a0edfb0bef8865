/// The one exception root: a machine `kind` next to words for people; and what a failure of the
/// operating system means, in such words. Does no IO and depends on nothing else of the house.
@NullMarked
package dev.belay.packaging.failure;

import org.jspecify.annotations.NullMarked;
