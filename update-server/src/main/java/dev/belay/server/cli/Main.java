package dev.belay.server.cli;

import dev.belay.server.notice.WebhookSettings;
import dev.belay.versys.console.CommandRunner;
import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/// Entry point of `update-server`: runs a server until the process is told to stop.
@Command(
        name = "update-server",
        description = "Publishes, pushes and watches releases.",
        mixinStandardHelpOptions = true,
        version = "update-server 0.1.0",
        subcommands = {TokenCommand.class, OnlineKeyCommand.class})
public final class Main implements Callable<Integer> {
    @Spec private @Nullable CommandSpec spec;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Keeps everything in DIR; the first start makes it.")
    private @Nullable Path data;

    @Option(
            names = "--listen",
            paramLabel = "HOST:PORT",
            defaultValue = "127.0.0.1:8480",
            description = "Listens there (default: ${DEFAULT-VALUE}).")
    private String listen = "";

    @Option(
            names = "--public-url",
            paramLabel = "URL",
            description = "How hosts reach the server, for example through a proxy with TLS.")
    private @Nullable URI publicUrl;

    @Option(
            names = "--max-upload",
            paramLabel = "BYTES",
            defaultValue = "" + ServerOptions.DEFAULT_MAX_BLOB,
            description = "The largest bundle that is taken (default: ${DEFAULT-VALUE}).")
    private long maxUpload;

    @Option(
            names = "--webhook",
            paramLabel = "URL",
            description = {
                "Posts a warning there before signed metadata expires, signed with the secret in",
                "DIR/webhook-secret (docs/server.md)."
            })
    private @Nullable URI webhook;

    @Option(names = "--json", description = "Prints JSON.")
    private boolean json;

    /// Runs the command and exits with its status.
    public static void main(String... args) {
        System.exit(CommandRunner.run(new Main(), args));
    }

    @Override
    public Integer call() {
        RunningServer server = Server.start(options());
        CountDownLatch stopped = new CountDownLatch(1);
        Runtime.getRuntime()
                .addShutdownHook(
                        new Thread(
                                () -> {
                                    server.close();
                                    stopped.countDown();
                                },
                                "stop"));
        try {
            announce(server);
            stopped.await();
        } catch (InterruptedException e) {
            // told to stop, as by a signal; the flag stays down, because closing waits for others
        } finally {
            server.close();
        }
        return 0;
    }

    private ServerOptions options() {
        if (data == null) {
            throw usage("Missing required option: '--data=DIR'");
        }
        int colon = listen.lastIndexOf(':');
        String port = listen.substring(colon + 1);
        if (colon < 1 || !port.matches("[0-9]{1,5}") || Integer.parseInt(port) > 65_535) {
            throw usage("Invalid value for option '--listen': give HOST:PORT");
        }
        String host = listen.substring(0, colon).replaceAll("^\\[(.*)]$", "$1");
        ServerOptions.Builder options =
                ServerOptions.in(data).listen(host, Integer.parseInt(port)).maxBlobBytes(maxUpload);
        if (webhook != null) {
            options.webhook(
                    WebhookSettings.of(webhook)
                            .orElseThrow(() ->
                                    usage(
                                            "Invalid value for option '--webhook': give an"
                                                    + " http or https URL")));
        }
        if (publicUrl != null) {
            options.publicUrl(publicUrl);
        }
        return options.build();
    }

    private void announce(RunningServer server) {
        var out = spec().commandLine().getOut();
        if (json) {
            Map<String, String> ready = new LinkedHashMap<>();
            ready.put("url", server.uri().toString());
            ready.put("admin-token-file", server.adminTokenFile().toString());
            out.println(JsonMapper.shared().writeValueAsString(ready));
        } else {
            out.println(
                    "update-server is ready at "
                            + server.uri()
                            + " (admin token: "
                            + server.adminTokenFile()
                            + ")");
        }
        out.flush();
    }

    private CommandSpec spec() {
        return Objects.requireNonNull(spec, "set by picocli");
    }

    private ParameterException usage(String message) {
        return new ParameterException(spec().commandLine(), message);
    }
}
