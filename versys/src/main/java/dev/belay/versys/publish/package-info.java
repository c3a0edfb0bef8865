/// The repository side: keys, delegations, staged metadata verified by our own client before it is
/// committed.
@NullMarked
package dev.belay.versys.publish;

import org.jspecify.annotations.NullMarked;
