/// What the three commands share at the terminal: running a command, errors as words or JSON,
/// progress.
@NullMarked
package dev.belay.versys.console;

import org.jspecify.annotations.NullMarked;
