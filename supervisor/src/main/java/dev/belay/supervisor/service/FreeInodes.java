package dev.belay.supervisor.service;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// How many more files a file system can hold; wraps `stat -f` (coreutils).
public final class FreeInodes {
    private FreeInodes() {}

    /// Empty where there is no such limit, or nobody says.
    public static OptionalLong of(Path directory) {
        List<String> command = List.of("stat", "-f", "-c", "%c %d", directory.toString());
        try {
            ExternalCommand.Result result =
                    new ExternalCommand(
                                    command,
                                    directory,
                                    ProductEnvironment.clean(),
                                    Optional.empty())
                            .run(Duration.ofSeconds(10));
            String[] words = result.output().split(" ");
            boolean limited = result.succeeded() && words.length == 2 && !words[0].equals("0");
            return limited ? OptionalLong.of(Long.parseLong(words[1])) : OptionalLong.empty();
        } catch (IOException | NumberFormatException e) {
            return OptionalLong.empty();
        }
    }
}
