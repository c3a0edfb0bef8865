/// Verified copies of files, configs and databases of one moment; create, prove, restore, retain.
@NullMarked
package dev.belay.supervisor.backup;

import org.jspecify.annotations.NullMarked;
