/// supervisor.yaml to validated plain values; builds nothing. Pure.
@NullMarked
package dev.belay.supervisor.settings;

import org.jspecify.annotations.NullMarked;
