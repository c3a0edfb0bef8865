/// Changes on their way to enough signatures, and the keys that sign them: who must still sign, and
/// signing. Knows nothing of where a change is published.
@NullMarked
package dev.belay.versys.signing;

import org.jspecify.annotations.NullMarked;
