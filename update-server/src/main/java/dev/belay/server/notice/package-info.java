/// Warnings that leave the server: what they say, when they are due, and how they are delivered.
@NullMarked
package dev.belay.server.notice;

import org.jspecify.annotations.NullMarked;
