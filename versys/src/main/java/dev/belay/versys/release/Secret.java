package dev.belay.versys.release;

import java.util.Optional;

/// Configuration that must never leave a host, not in a bug report either.
///
/// @param file relative to the release
/// @param key the value in it, in the file's own terms; empty for the whole file
public record Secret(String file, Optional<String> key) {}
