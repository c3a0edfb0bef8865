package dev.belay.supervisor.service;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A program that the product would find on this host, asked for its version.
public final class HostCommand {
    private static final Duration DEADLINE = Duration.ofSeconds(20);
    private static final int NO_SUCH_PROGRAM = 127; // as shells, env and setsid say it
    private static final Pattern DOTTED = Pattern.compile("[0-9]+(\\.[0-9]+){1,3}");
    private static final Pattern NUMBER = Pattern.compile("[0-9]+");
    private final String name;
    private final Map<String, String> environment;

    /// @param environment the product's
    public HostCommand(String name, Map<String, String> environment) {
        this.name = name;
        this.environment = environment;
    }

    /// The C library of a host.
    ///
    /// @param name `glibc` or `musl`
    public record Libc(String name, String version) {}

    /// The first number that it prints after `--version`: `22.1.0` of `v22.1.0`. Empty if the
    /// program is not there; `unknown` if it is and does not say.
    public Optional<String> version() {
        return output().map(HostCommand::number);
    }

    /// As `ldd` tells it, which belongs to both.
    public static Optional<Libc> libc(Map<String, String> environment) {
        return new HostCommand("ldd", environment).output().map(HostCommand::libc);
    }

    private static Libc libc(String output) {
        return output.contains("musl")
                ? new Libc("musl", number(output.replaceFirst("(?s).*Version", "")))
                : new Libc(
                        "glibc",
                        number(output.lines().findFirst().orElse("").replaceFirst(".* ", "")));
    }

    private static String number(String output) {
        for (Pattern pattern : List.of(DOTTED, NUMBER)) {
            Matcher found = pattern.matcher(output);
            if (found.find()) {
                return found.group();
            }
        }
        return "unknown";
    }

    private Optional<String> output() {
        try {
            ExternalCommand.Result result =
                    new ExternalCommand(
                                    List.of("env", "--", name, "--version"),
                                    Path.of("/"),
                                    environment,
                                    Optional.empty())
                            .run(DEADLINE);
            return result.exit() == NO_SUCH_PROGRAM
                    ? Optional.empty()
                    : Optional.of(result.output());
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
