/// One hop as a transaction: plan, steps, journal, and recovery as a pure function of the journal.
@NullMarked
package dev.belay.supervisor.transaction;

import org.jspecify.annotations.NullMarked;
