/// The supervisor as a product of itself: its next release is verified like any other, asked to
/// work before it is switched to, and the one before stays as the way back.
@NullMarked
package dev.belay.supervisor.selfupdate;

import org.jspecify.annotations.NullMarked;
