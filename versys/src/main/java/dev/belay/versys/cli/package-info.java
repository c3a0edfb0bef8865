/// The `versys` command. Parses, calls, prints; no logic of its own.
@NullMarked
package dev.belay.versys.cli;

import org.jspecify.annotations.NullMarked;
