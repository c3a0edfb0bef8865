/// Whole runs over the engine: an update of a chain, the way back, a restore, the end of what was
/// interrupted; their outcomes and accounts. [dev.belay.supervisor.run.Updates] is the door.
@NullMarked
package dev.belay.supervisor.run;

import org.jspecify.annotations.NullMarked;
