/// Blobs (a directory) and rows (SQLite) behind contracts.
@NullMarked
package dev.belay.server.storage;

import org.jspecify.annotations.NullMarked;
