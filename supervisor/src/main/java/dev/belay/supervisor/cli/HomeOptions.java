package dev.belay.supervisor.cli;

import dev.belay.packaging.failure.RefusedException;
import dev.belay.supervisor.deployment.Home;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// `--home` and `--json`, as nearly every command has them.
final class HomeOptions {
    @Option(
            names = "--home",
            paramLabel = "DIR",
            description =
                    "The home to work on. Default: BELAY_HOME, or the nearest directory above with"
                            + " a supervisor.yaml.")
    private @Nullable Path home;

    @Option(names = "--json", description = "Answer in JSON.")
    private boolean json;

    boolean json() {
        return json;
    }

    private boolean hidden() {
        return home != null && Files.isDirectory(home) && !Files.isExecutable(home);
    }

    private Optional<Home> found() {
        return find(home);
    }

    /// The home that is meant; empty if there is none.
    ///
    /// @param home what `--home` named
    static Optional<Home> find(@Nullable Path home) {
        return Optional.ofNullable(home)
                .or(() -> Optional.ofNullable(System.getenv("BELAY_HOME")).map(Path::of))
                .map(Home::new)
                .or(() -> Home.around(Path.of("")))
                .filter(found -> Files.isRegularFile(found.settings()));
    }

    /// The home; empty if none was named and there is none around here.
    ///
    /// @throws RefusedException `no-home` if one was named that is none
    Optional<Home> anyHome() {
        return home == null ? found() : Optional.of(home());
    }

    /// @throws RefusedException `no-home`
    Home home() {
        return found().orElseThrow(() ->
                new RefusedException(
                        "no-home",
                        "There is no supervisor.yaml "
                                + (home == null ? "here or above." : "in " + home + ".")
                                + (hidden() ? " It may not be looked into." : ""),
                        "Name the home with --home DIR, or make one: supervisor"
                                + " install --help"));
    }
}
