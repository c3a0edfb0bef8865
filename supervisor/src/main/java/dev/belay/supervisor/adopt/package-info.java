/// Makes a managed home of an installation that was made by hand or by another tool, and undoes
/// that. [dev.belay.supervisor.adopt.Adoption] is the door.
@NullMarked
package dev.belay.supervisor.adopt;

import org.jspecify.annotations.NullMarked;
