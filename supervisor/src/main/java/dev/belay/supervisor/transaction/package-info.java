/// The engine of one hop: a [dev.belay.supervisor.transaction.HopPlan] is walked step by step,
/// announced in the journal, and put back if it fails. Recovery is a pure function of the journal.
@NullMarked
package dev.belay.supervisor.transaction;

import org.jspecify.annotations.NullMarked;
