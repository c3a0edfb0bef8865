/// A vendor at work: edits of channels, bundles and who may sign what, said in words, signed with
/// the keys that are here, and published to a server or into a directory.
@NullMarked
package dev.belay.versys.publish;

import org.jspecify.annotations.NullMarked;
