package dev.belay.versys.cli;

import dev.belay.packaging.failure.BelayException;
import dev.belay.versys.client.ConformanceRun;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `tuf-client`: the TUF client alone, with the command line of TUF conformance suites. Parses its
/// arguments by hand, because it must start within a quarter of a second.
///
/// Exits 0 when everything succeeded and 1 when anything failed.
public final class TufClientMain {
    private static final String USAGE =
            """
            usage: tuf-client --metadata-dir DIR init ROOT_FILE
                   tuf-client --metadata-dir DIR --metadata-url URL refresh
                   tuf-client --metadata-dir DIR --metadata-url URL --target-dir DIR
                              --target-base-url URL --target-name PATH... download
            """;

    private @Nullable String metadataDir;
    private @Nullable String metadataUrl;
    private @Nullable String targetDir;
    private @Nullable String targetBaseUrl;
    private final List<String> targetNames = new ArrayList<>();
    private final List<String> words = new ArrayList<>();

    private TufClientMain() {}

    /// Runs one command and exits.
    public static void main(String... args) {
        System.exit(run(System.err, args));
    }

    /// Runs one command.
    ///
    /// @return 0 or 1
    static int run(PrintStream err, String... args) {
        try {
            TufClientMain command = new TufClientMain();
            command.parse(args);
            command.execute();
            return 0;
        } catch (UsageException e) {
            err.println("error: " + e.getMessage());
            err.print(USAGE);
        } catch (BelayException e) {
            err.println("error: " + e.getMessage());
            err.println("  " + e.help());
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
            err.println("error: unexpected " + e);
        }
        return 1;
    }

    private void parse(String... args) {
        for (int i = 0; i < args.length; i++) {
            String arg = args[i];
            if (!arg.startsWith("--")) {
                words.add(arg);
                continue;
            }
            int equals = arg.indexOf('=');
            String name = equals < 0 ? arg : arg.substring(0, equals);
            String value;
            if (equals >= 0) {
                value = arg.substring(equals + 1);
            } else if (++i < args.length) {
                value = args[i];
            } else {
                throw new UsageException(arg + " needs a value");
            }
            set(name, value);
        }
    }

    private void set(String name, String value) {
        switch (name) {
            case "--metadata-dir" -> metadataDir = value;
            case "--metadata-url" -> metadataUrl = value;
            case "--target-dir" -> targetDir = value;
            case "--target-base-url" -> targetBaseUrl = value;
            case "--target-name" -> targetNames.add(value);
            default -> throw new UsageException("unknown option " + name);
        }
    }

    private void execute() {
        String command = words.isEmpty() ? "" : words.getFirst();
        Path store = Path.of(required(metadataDir, "--metadata-dir"));
        switch (command) {
            case "init" -> {
                requireWords(2);
                ConformanceRun.init(store, Path.of(words.get(1)));
            }
            case "refresh" -> {
                requireWords(1);
                new ConformanceRun(store, required(metadataUrl, "--metadata-url")).refresh();
            }
            case "download" -> {
                requireWords(1);
                if (targetNames.isEmpty()) {
                    throw new UsageException("--target-name is missing");
                }
                new ConformanceRun(store, required(metadataUrl, "--metadata-url"))
                        .download(
                                required(targetBaseUrl, "--target-base-url"),
                                Path.of(required(targetDir, "--target-dir")),
                                targetNames);
            }
            default -> throw new UsageException("one of init, refresh and download is needed");
        }
    }

    private void requireWords(int count) {
        if (words.size() != count) {
            throw new UsageException("unexpected or missing arguments: " + words);
        }
    }

    private static String required(@Nullable String value, String option) {
        if (value == null) {
            throw new UsageException(option + " is missing");
        }
        return value;
    }

    private static final class UsageException extends RuntimeException {
        private static final long serialVersionUID = 1;

        UsageException(String message) {
            super(message);
        }
    }
}
