/// The channel document: releases and the moves between them. Pure.
@NullMarked
package dev.belay.versys.graph;

import org.jspecify.annotations.NullMarked;
