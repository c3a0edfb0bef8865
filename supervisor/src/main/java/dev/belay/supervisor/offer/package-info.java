/// What this host could do: what the channel offers to it, the way as it is shown, and everything
/// that is worked out before the product stops: forecast, download, preflight, merged
/// configuration. Ends in a [dev.belay.supervisor.offer.PreparedPlan]; changes nothing but caches.
@NullMarked
package dev.belay.supervisor.offer;

import org.jspecify.annotations.NullMarked;
