package dev.belay.versys.plan;

import dev.belay.versys.version.Version;
import java.util.Optional;

/// Something that a channel document should not say.
///
/// @param error whether publishing should stop; else it is a warning
/// @param kind stable, see `docs/format/channel.md`
public record Finding(boolean error, String kind, Optional<Version> release, String message) {}
