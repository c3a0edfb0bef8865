/// YAML written by people: strict reading into nodes that know their line and column, and problems
/// printed like a compiler's. Shared by release.yaml and supervisor.yaml. Pure.
@NullMarked
package dev.belay.versys.yaml;

import org.jspecify.annotations.NullMarked;
