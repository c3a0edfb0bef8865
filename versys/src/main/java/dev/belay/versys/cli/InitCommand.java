package dev.belay.versys.cli;

import dev.belay.packaging.archive.EntryNames;
import dev.belay.packaging.failure.RefusedException;
import dev.belay.versys.metadata.TufKey;
import dev.belay.versys.publish.FirstMetadata;
import dev.belay.versys.publish.NewRepository;
import dev.belay.versys.publish.PublishEndpoint;
import dev.belay.versys.publish.VendorSettings;
import dev.belay.versys.version.VersionScheme;
import java.io.Console;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `versys init`: keys, a root and the first metadata.
@Command(
        name = "init",
        description = "Makes a vendor's keys and publishes the first metadata of its repository.",
        mixinStandardHelpOptions = true)
final class InitCommand implements Callable<Integer> {
    /// Two people must agree on a new root, unless there is only one.
    private static final int ROOT_KEYS = 2;

    @Spec CommandSpec spec = CommandSpec.create();
    @Mixin PlacedVendorOptions options = new PlacedVendorOptions();

    @Option(names = "--product", description = "The product's name; asked for at a terminal.")
    String product = "";

    @Option(
            names = "--channel",
            description = "A channel; may be repeated; asked for at a terminal.")
    List<String> channels = List.of();

    @Option(
            names = "--scheme",
            defaultValue = "semver",
            description = "How versions are written: semver, numeric, calver, opaque.")
    String scheme = "semver";

    @Option(names = "--server", paramLabel = "URL", description = "Address of the update server.")
    @Nullable String server;

    @Option(
            names = "--solo",
            description = "One person holds the one root key. Without it two root keys must sign.")
    boolean solo;

    @Option(names = "--no-passphrase", description = "Keep the private keys unencrypted.")
    boolean noPassphrase;

    @Override
    public Integer call() {
        Path directory = options.repository;
        if (server != null && directory != null) {
            throw new ParameterException(
                    spec.commandLine(), "--server and --to exclude each other: give one of them");
        }
        if (product.isEmpty() || channels.isEmpty()) {
            askForTheRest();
        }
        requireProduct(product);
        channels.forEach(InitCommand::requireChannel);
        requireScheme();
        VendorSettings settings =
                new VendorSettings(
                        product,
                        scheme,
                        Optional.ofNullable(server),
                        Optional.ofNullable(directory)
                                .map(path -> path.toAbsolutePath().normalize().toString()));
        NewRepository repository =
                new NewRepository(
                        options.directory,
                        settings,
                        channels,
                        solo ? 1 : ROOT_KEYS,
                        InstantSource.system());
        PrintWriter out = spec.commandLine().getOut();
        return server == null && directory == null
                ? begunLater(repository, out)
                : begunNow(repository, options.endpoint(settings), out);
    }

    static void requireProduct(String text) {
        requireName(text, "product", InitQuestions.PRODUCT, "a-z, 0-9 and -, a letter first");
    }

    static void requireChannel(String text) {
        requireName(text, "channel", InitQuestions.CHANNEL, "a-z, 0-9 and . _ -, no sign first");
    }

    private static void requireName(String text, String what, Pattern form, String words) {
        if (!form.matcher(text).matches()) {
            throw new RefusedException(
                    "name-invalid",
                    EntryNames.printable(text) + " is no name of a " + what + ".",
                    "A name is " + words + ". Nothing was made.");
        }
    }

    private void requireScheme() {
        try {
            VersionScheme.named(scheme, List.of());
        } catch (IllegalArgumentException e) {
            throw new RefusedException(
                    "scheme-invalid",
                    EntryNames.printable(scheme) + " is no way of writing versions.",
                    "Choose semver, numeric, calver or opaque. Nothing was made.",
                    e);
        }
    }

    private void askForTheRest() {
        Console console =
                Optional.ofNullable(System.console())
                        .filter(Console::isTerminal)
                        .orElseThrow(() ->
                                new ParameterException(
                                        spec.commandLine(),
                                        "Missing required option: "
                                                + (product.isEmpty() ? "--product" : "--channel")));
        PrintWriter out = spec.commandLine().getOut();
        try {
            ask(
                    new InitQuestions(
                            prompt -> Optional.ofNullable(console.readLine("%s", prompt)), out));
        } catch (InitQuestions.EndedException e) {
            throw new RefusedException(
                    "not-answered",
                    "The questions were not answered to the end. Nothing was made.",
                    "Run it again, or say everything by options: versys init --help",
                    e);
        }
    }

    void ask(InitQuestions questions) {
        product = product.isEmpty() ? questions.product() : product;
        channels = channels.isEmpty() ? questions.channels() : channels;
        if (server == null && options.repository == null) {
            server = questions.server().orElse(null);
        }
        solo = solo || questions.solo();
    }

    private int begunNow(NewRepository repository, PublishEndpoint endpoint, PrintWriter out) {
        char @Nullable [] passphrase = noPassphrase ? null : options.passphrases.choose();
        TufKey online = endpoint.onlineKey();
        if (!options.json && endpoint.renewsItself()) {
            out.println(
                    "The server signs snapshot and timestamp with key "
                            + online.computedId()
                            + ".");
            out.println("Compare it with the one that the server's own log names.");
        }
        List<String> keys = repository.create(endpoint, passphrase);
        return made(keys, online, endpoint.renewsItself(), out);
    }

    /// Without a place the signed files wait for the first `versys publish --to`.
    private int begunLater(NewRepository repository, PrintWriter out) {
        char @Nullable [] passphrase = noPassphrase ? null : options.passphrases.choose();
        TufKey online = options.inDirectory(options.directory).onlineKey();
        List<String> keys =
                repository.create(online, new FirstMetadata(options.directory)::keep, passphrase);
        int status = made(keys, online, false, out);
        if (!options.json) {
            out.println("The repository begins with: versys publish --to DIRECTORY BUNDLE …");
        }
        return status;
    }

    private int made(List<String> keys, TufKey online, boolean byServer, PrintWriter out) {
        if (options.json) {
            Output.json(
                    out,
                    Map.of("product", product, "keys", keys, "online-key", online.computedId()));
            return 0;
        }
        out.println(
                "Made keys "
                        + String.join(", ", keys)
                        + " in "
                        + options.directory.resolve("keys")
                        + ".");
        if (!byServer) {
            out.println(
                    "Key online signs snapshot and timestamp, unattended and so without a"
                            + " passphrase: let cron run versys sign once a day.");
        }
        if (solo) {
            out.println(
                    "One root key alone can change everything: keep it where nobody else comes.");
        } else {
            out.println(
                    "Give root-2 to a second person now and delete it here: both must sign a new root.");
        }
        out.println("Hosts start from " + options.directory.resolve("root.json") + ".");
        return 0;
    }
}
