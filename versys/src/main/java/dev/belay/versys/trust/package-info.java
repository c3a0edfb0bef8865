/// Says whether metadata is acceptable, or throws. No IO and no clock of its own.
@NullMarked
package dev.belay.versys.trust;

import org.jspecify.annotations.NullMarked;
