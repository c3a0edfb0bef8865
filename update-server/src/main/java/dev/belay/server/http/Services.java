package dev.belay.server.http;

import dev.belay.server.catalog.Publications;
import dev.belay.server.fleet.Fleet;
import dev.belay.server.metrics.Counters;
import dev.belay.server.push.EventHub;
import dev.belay.server.storage.StagedChanges;
import dev.belay.server.storage.Tokens;
import dev.belay.versys.repository.RepositoryWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;

/// What the routes work with; wired by hand when the server starts.
///
/// @param repositoryDirectory holds `metadata/` and `targets/`
/// @param maxBlobBytes the largest upload that is taken
/// @param headerDeadline how long the headers of a request may take
public record Services(
        Tokens tokens,
        RepositoryWriter repository,
        Path repositoryDirectory,
        Publications publications,
        EventHub events,
        Fleet fleet,
        Counters counters,
        StagedChanges changes,
        InstantSource clock,
        long maxBlobBytes,
        Duration headerDeadline) {}
