/// A channel prepared for many searches: releases as ranks, ranges as intervals of them, rules by
/// target. Knows no host and no request. Pure; for the planner alone.
@NullMarked
package dev.belay.versys.plan.index;

import org.jspecify.annotations.NullMarked;
