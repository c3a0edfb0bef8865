/// The agent's local HTTP interface and admin page: loopback only, opened by a link that works
/// once. Knows nothing of updates beyond [dev.belay.supervisor.agent.web.AdminActions].
@NullMarked
package dev.belay.supervisor.agent.web;

import org.jspecify.annotations.NullMarked;
