package dev.belay.versys.console;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine;
import picocli.CommandLine.Help;

/// What a command and everything below it answer to `--help`, one file each: the build writes them,
/// and a launcher shows them without starting Java.
public final class HelpPages {
    private HelpPages() {}

    /// Writes the pages of a top command.
    ///
    /// @param args name of its class, and the directory that gets them
    public static void main(String... args) throws ReflectiveOperationException, IOException {
        write(CommandRunner.prepare(Class.forName(args[0]), false), Path.of(args[1]));
    }

    /// The page of `TOP a b --help` is `directory/a/b/help.txt`.
    public static void write(CommandLine line, Path directory) throws IOException {
        Files.createDirectories(directory);
        Files.writeString(directory.resolve("help.txt"), line.getUsageMessage(Help.Ansi.OFF));
        for (var sub : line.getSubcommands().entrySet()) {
            write(sub.getValue(), directory.resolve(sub.getKey()));
        }
    }
}
