/// release.yaml: what a release needs, ships and how it is run. Pure: bytes in, value or located
/// problems out.
@NullMarked
package dev.belay.versys.release;

import org.jspecify.annotations.NullMarked;
