package dev.belay.versys.plan;

import dev.belay.versys.graph.Notice;
import dev.belay.versys.version.Version;
import java.time.Instant;
import java.util.Optional;

/// One cause, for machines (`kind`) and people (`message`).
///
/// @param kind stable, see `docs/format/channel.md`: for example `risk`, `blocked`, `rollout`
/// @param release the release it is about
/// @param until when it ends by itself, if that is known
public record Reason(
        String kind,
        Optional<Version> release,
        String message,
        Optional<String> url,
        Optional<Instant> until) {
    static Reason of(String kind, Version release, String message) {
        return until(kind, release, message, Optional.empty());
    }

    static Reason until(String kind, Version release, String message, Optional<Instant> until) {
        return new Reason(kind, Optional.of(release), message, Optional.empty(), until);
    }

    /// With the vendor's own words.
    static Reason noticed(String kind, Version release, String what, Notice why) {
        return new Reason(
                kind, Optional.of(release), what + why.message(), why.url(), Optional.empty());
    }
}
