/// The upgrade planner: channel document and request in, path or reason out. Pure.
@NullMarked
package dev.belay.versys.plan;

import org.jspecify.annotations.NullMarked;
