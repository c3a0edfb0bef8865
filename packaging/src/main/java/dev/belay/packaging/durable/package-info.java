/// The one place that writes durably: temp file, fsync, rename, fsync of the directory.
@NullMarked
package dev.belay.packaging.durable;

import org.jspecify.annotations.NullMarked;
