/// Deployment directories of a home: staging, links to config and data, `current`, retention.
@NullMarked
package dev.belay.supervisor.deployment;

import org.jspecify.annotations.NullMarked;
