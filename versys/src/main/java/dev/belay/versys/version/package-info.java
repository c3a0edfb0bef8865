/// Versions, version schemes and strict ranges. Pure.
@NullMarked
package dev.belay.versys.version;

import org.jspecify.annotations.NullMarked;
