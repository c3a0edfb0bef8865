package dev.belay.versys.cli;

import picocli.CommandLine.Command;

/// `versys key`: private keys here, and which keys may sign what.
@Command(
        name = "key",
        description = "Makes and shows keys, and says who may sign what.",
        mixinStandardHelpOptions = true,
        subcommands = {
            KeyNewCommand.class,
            KeyShowCommand.class,
            KeyAddCommand.class,
            KeyRemoveCommand.class,
            KeyRotateCommand.class,
        })
final class KeyCommand {}
