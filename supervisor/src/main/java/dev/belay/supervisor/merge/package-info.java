/// Three-way merge of configuration files, per format, keeping comments and order. Pure.
@NullMarked
package dev.belay.supervisor.merge;

import org.jspecify.annotations.NullMarked;
