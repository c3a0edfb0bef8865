package dev.belay.versys.cli;

import picocli.CommandLine.Option;

/// What every command takes whose change may need the signatures of several people.
final class StageOption {
    @Option(
            names = "--stage",
            description = {
                "If signatures of others are needed, the change waits on the server, and not in a file."
            })
    boolean wanted;
}
