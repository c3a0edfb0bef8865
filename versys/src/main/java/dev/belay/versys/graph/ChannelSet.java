package dev.belay.versys.graph;

import java.time.Duration;
import java.util.Optional;

/// A channel among several in one document.
///
/// @param inherits a channel whose releases this one has too
/// @param delay how long after its date a release becomes visible here
public record ChannelSet(Optional<String> inherits, Duration delay) {}
