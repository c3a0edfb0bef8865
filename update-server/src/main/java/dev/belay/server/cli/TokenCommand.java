package dev.belay.server.cli;

import picocli.CommandLine.Command;

/// `update-server token …`: works on the data directory, beside a running server or without one.
@Command(
        name = "token",
        description = "Makes and revokes the tokens of publishers.",
        mixinStandardHelpOptions = true,
        subcommands = {TokenCreateCommand.class, TokenRevokeCommand.class})
final class TokenCommand {}
