/// The resident agent: push, schedule, local HTTP API and the admin page.
@NullMarked
package dev.belay.supervisor.agent;

import org.jspecify.annotations.NullMarked;
