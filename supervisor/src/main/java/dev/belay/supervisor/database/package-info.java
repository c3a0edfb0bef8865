/// One class per database engine over its own native means of backup.
@NullMarked
package dev.belay.supervisor.database;

import org.jspecify.annotations.NullMarked;
