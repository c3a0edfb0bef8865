/// TUF 1.0 role records, canonical JSON, keys and signatures. Pure.
@NullMarked
package dev.belay.versys.metadata;

import org.jspecify.annotations.NullMarked;
