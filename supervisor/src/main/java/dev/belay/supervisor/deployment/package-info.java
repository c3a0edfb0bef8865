/// Deployment directories of a home: staging, links to config and data, `current`, retention; the
/// lock and the reserve of a home. [dev.belay.supervisor.deployment.Home] names every file.
@NullMarked
package dev.belay.supervisor.deployment;

import org.jspecify.annotations.NullMarked;
