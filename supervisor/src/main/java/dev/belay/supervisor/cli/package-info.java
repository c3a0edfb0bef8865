/// The `supervisor` command and the hand wiring. Parses, calls, prints; no logic of its own.
@NullMarked
package dev.belay.supervisor.cli;

import org.jspecify.annotations.NullMarked;
