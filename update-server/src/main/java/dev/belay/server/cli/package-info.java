/// The `update-server` command and the hand wiring.
@NullMarked
package dev.belay.server.cli;

import org.jspecify.annotations.NullMarked;
