package dev.belay.supervisor.cli;

import dev.belay.supervisor.deployment.Home;
import dev.belay.supervisor.status.HostStatus;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;

/// `supervisor status`, without the command line library, for those who ask every few seconds. The
/// launchers start it for a `status` that is not `--json`. What it does not understand, and
/// whatever goes wrong, is left to [Main].
public final class StatusMain {
    private static final String NAMED = "status=--home=";

    private StatusMain() {}

    /// Prints the status.
    ///
    /// @param args `status`, and perhaps `--home DIR`
    public static void main(String... args) {
        Optional<HostStatus> status = status(args);
        if (status.isEmpty()) {
            Main.main(args);
            return;
        }
        // no System.exit: it looks for a logger in every jar
        PrintWriter out = new PrintWriter(System.out, false, System.out.charset());
        StatusCommand.print(out, status.get());
        out.flush();
    }

    private static Optional<HostStatus> status(String... args) {
        try {
            return home(args).map(StatusCommand::read);
        } catch (RuntimeException e) {
            return Optional.empty();
        }
    }

    /// Arguments that are read wrongly here name no home, and so lead to [Main].
    private static Optional<Home> home(String... args) {
        String words = String.join("=", args);
        if (words.equals("status")) {
            return HomeOptions.find(null);
        }
        return words.startsWith(NAMED)
                ? HomeOptions.find(Path.of(words.substring(NAMED.length())))
                : Optional.empty();
    }
}
