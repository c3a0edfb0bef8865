package dev.belay.versys.console;

import dev.belay.packaging.failure.BelayException;
import dev.belay.packaging.failure.IoFailures;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import tools.jackson.databind.json.JsonMapper;

/// Runs a picocli command the way all three commands behave: exit codes of `ExitCode`, failures as
/// sentences (or as `{kind, message, help}` with `--json`), and no stack trace unless
/// `--stacktrace`.
public final class CommandRunner {
    private CommandRunner() {}

    /// Prepares a command line whose failures are reported to its error writer.
    ///
    /// @param root the annotated top command, with its sub-commands
    /// @param stacktrace whether failures also print their stack trace
    /// @param words what is going to be executed; none for all sub-commands
    public static CommandLine prepare(Object root, boolean stacktrace, String... words) {
        CommandLine line = meant(root, words);
        line.setCaseInsensitiveEnumValuesAllowed(true);
        // the same bytes on every terminal, so that the build can write them down: HelpPages
        line.setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF));
        CommandLine.IParameterExceptionHandler others = line.getParameterExceptionHandler();
        line.setParameterExceptionHandler((failure, args) ->
                failure instanceof MissingParameterException missing
                        ? sayWhatIsMissing(missing)
                        : others.handleParseException(failure, args));
        line.setExecutionExceptionHandler((failure, command, parsed) ->
                report(
                        failure,
                        command.getErr(),
                        parsed.originalArgs().contains("--json"),
                        stacktrace));
        return line;
    }

    /// Runs and returns the exit status. Never throws. `--stacktrace` belongs to every command, so
    /// it is taken out here.
    public static int run(Object root, String... args) {
        String[] words =
                Arrays.stream(args)
                        .filter(arg -> !arg.equals("--stacktrace"))
                        .toArray(String[]::new);
        return prepare(root, words.length < args.length, words).execute(words);
    }

    /// Only the sub-command that the first word names, if it does: to read what all of them declare
    /// takes longer than most of them run.
    private static CommandLine meant(Object root, String... words) {
        if (words.length == 0) {
            return new CommandLine(root);
        }
        Command top = root.getClass().getAnnotation(Command.class);
        for (Class<?> command : top.subcommands()) {
            String name = command.getAnnotation(Command.class).name();
            if (name.equals(words[0])) {
                return new CommandLine(CommandSpec.wrapWithoutInspection(root).name(top.name()))
                        .addSubcommand(name, command);
            }
        }
        return new CommandLine(root);
    }

    /// A sentence for everything that is missing, instead of the whole usage.
    private static int sayWhatIsMissing(MissingParameterException failure) {
        CommandLine command = failure.getCommandLine();
        PrintWriter err = command.getErr();
        err.println("error: " + failure.getMessage());
        for (ArgSpec missing : failure.getMissing()) {
            String name =
                    missing instanceof OptionSpec option
                            ? option.longestName()
                            : missing.paramLabel();
            err.println("  " + name + ": " + String.join(" ", missing.description()));
        }
        err.println("  See " + command.getCommandSpec().qualifiedName() + " --help");
        err.flush();
        return CommandLine.ExitCode.USAGE;
    }

    private static BelayException known(Exception failure) {
        return switch (failure) {
            case BelayException belay -> belay;
            case UncheckedIOException io -> IoFailures.of(io);
            case IOException io -> IoFailures.of("", io);
            default ->
                    new BelayException(
                            "internal-error",
                            "Unexpected "
                                    + failure.getClass().getSimpleName()
                                    + ": "
                                    + failure.getMessage(),
                            "Run again with --stacktrace and report it.",
                            failure);
        };
    }

    /// Prints a failure: what happened, what the program that failed said last, what to do.
    public static void failed(PrintWriter err, String message, List<String> details, String help) {
        err.println("error: " + message);
        details(err, "  ", details);
        err.println("  " + help);
    }

    /// Prints what a failed program said last, apart from our own words.
    public static void details(PrintWriter out, String indent, List<String> details) {
        if (!details.isEmpty()) {
            out.println(indent + "its last output:");
            details.forEach(line -> out.println(indent + "| " + line));
        }
    }

    private static int report(
            Exception failure, PrintWriter err, boolean json, boolean stacktrace) {
        BelayException known = known(failure);
        if (json) {
            Map<String, Object> body = new LinkedHashMap<>();
            body.put("kind", known.kind());
            body.put("message", String.valueOf(known.getMessage()));
            body.put("help", known.help());
            if (!known.details().isEmpty()) {
                body.put("details", known.details());
            }
            err.println(JsonMapper.shared().writeValueAsString(body));
        } else {
            failed(err, String.valueOf(known.getMessage()), known.details(), known.help());
        }
        if (stacktrace) {
            failure.printStackTrace(err);
        }
        err.flush();
        return known.exitCode().status();
    }
}
