package dev.belay.server.catalog;

/// A target as signed metadata names it.
///
/// @param length in bytes
/// @param sha256 lower-case hex
public record PublishedTarget(String path, long length, String sha256) {}
