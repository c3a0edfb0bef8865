/// Event streams to hosts: hints to look, never authority.
@NullMarked
package dev.belay.server.push;

import org.jspecify.annotations.NullMarked;
