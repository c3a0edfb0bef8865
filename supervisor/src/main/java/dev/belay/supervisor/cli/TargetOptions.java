package dev.belay.supervisor.cli;

import dev.belay.supervisor.transaction.UpdateRequest;
import dev.belay.versys.version.Version;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Where to, as `update` and `explain` ask for it.
final class TargetOptions {
    @Option(
            names = "--to",
            paramLabel = "VERSION",
            converter = VersionConverter.class,
            description = "Go to this release.")
    private @Nullable Version to;

    @Option(
            names = "--retry-rejected",
            paramLabel = "VERSION",
            converter = VersionConverter.class,
            description = "Try a release again that failed on this host.")
    private Set<Version> retry = Set.of();

    @Option(
            names = "--accept-missing-files",
            description =
                    "Also if shipped program files of the installed release are missing; going back"
                            + " then leads to a release without them.")
    private boolean missing;

    UpdateRequest request() {
        return new UpdateRequest(Optional.ofNullable(to), retry, missing);
    }
}
