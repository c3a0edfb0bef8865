/// A release of one platform as an ordinary tar.gz whose first entry is its manifest. Knows no
/// versions.
@NullMarked
package dev.belay.packaging.bundle;

import org.jspecify.annotations.NullMarked;
