/// Status (now), event log (history), rejected releases and the redacted bug report.
@NullMarked
package dev.belay.supervisor.status;

import org.jspecify.annotations.NullMarked;
