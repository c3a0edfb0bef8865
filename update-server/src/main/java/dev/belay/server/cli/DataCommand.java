package dev.belay.server.cli;

import dev.belay.server.storage.DataDirectory;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/// What the commands share that work on the data directory, beside a running server or without one.
abstract class DataCommand implements Callable<Integer> {
    @Spec private @Nullable CommandSpec spec;

    @Option(names = "--data", paramLabel = "DIR", required = true, description = "The server's.")
    private @Nullable Path data;

    @Option(names = "--json", description = "Prints JSON.")
    private boolean json;

    final DataDirectory directory() {
        return DataDirectory.existing(Objects.requireNonNull(data));
    }

    /// @param values what is printed with `--json`
    /// @return exit code 0
    final int print(String words, Map<String, ?> values) {
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        out.println(json ? JsonMapper.shared().writeValueAsString(values) : words);
        out.flush();
        return 0;
    }
}
