/// Decides what to load and keeps it: the TUF client workflow over the seams `Fetcher` and
/// `MetadataStore`.
@NullMarked
package dev.belay.versys.client;

import org.jspecify.annotations.NullMarked;
