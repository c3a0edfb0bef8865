/// The client side of the update server's event stream: parsing, reconnecting, watching the
/// heartbeat. An event is a hint to look and never more, so nothing in here trusts a byte of it.
@NullMarked
package dev.belay.supervisor.agent.push;

import org.jspecify.annotations.NullMarked;
