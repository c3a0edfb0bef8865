/// The plain page: products, channels, releases, hosts.
@NullMarked
package dev.belay.server.web;

import org.jspecify.annotations.NullMarked;
