package dev.belay.supervisor.cli;

import dev.belay.versys.version.Version;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Which release to go to, as every command has it that plans.
final class GoalOptions {
    @Option(
            names = "--to",
            paramLabel = "VERSION",
            converter = VersionConverter.class,
            description = "Go to this release. Default: the newest that is offered.")
    private @Nullable Version to;

    @Option(
            names = "--retry-rejected",
            paramLabel = "VERSION",
            converter = VersionConverter.class,
            description = "Try a release again that failed on this host.")
    private Set<Version> retry = Set.of();

    Optional<Version> to() {
        return Optional.ofNullable(to);
    }

    Set<Version> retry() {
        return retry;
    }
}
