/// A TUF repository in memory, healthy or hostile, written independently of the code under test:
/// own canonical form, keys and signatures of the JDK.
@NullMarked
package dev.belay.versys.simulator;

import org.jspecify.annotations.NullMarked;
