/// Channels and rollouts as pictures: values in, SVG, HTML or Graphviz text out. Pure.
@NullMarked
package dev.belay.versys.picture;

import org.jspecify.annotations.NullMarked;
