/// Hosts that reported, and the outcomes of their updates.
@NullMarked
package dev.belay.server.fleet;

import org.jspecify.annotations.NullMarked;
