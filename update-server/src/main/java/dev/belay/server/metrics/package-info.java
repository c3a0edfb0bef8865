/// What the server counts about itself.
@NullMarked
package dev.belay.server.metrics;

import org.jspecify.annotations.NullMarked;
