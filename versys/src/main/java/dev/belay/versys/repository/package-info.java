/// The writing side of a TUF repository on disk: new metadata is verified by our own client, on top
/// of what is published, before any of it becomes visible. Holds the online keys and no other.
@NullMarked
package dev.belay.versys.repository;

import org.jspecify.annotations.NullMarked;
