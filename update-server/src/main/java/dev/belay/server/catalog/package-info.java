/// Published state: products, channels, releases, and what a host would be told.
@NullMarked
package dev.belay.server.catalog;

import org.jspecify.annotations.NullMarked;
