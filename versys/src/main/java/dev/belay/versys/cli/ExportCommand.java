package dev.belay.versys.cli;

import dev.belay.versys.publish.ChainExport;
import dev.belay.versys.publish.ChainExport.Chain;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `versys export`: one file with a whole chain, for hosts without a network.
@Command(
        name = "export",
        description = "Writes one offline file with all that the way between two versions needs.",
        mixinStandardHelpOptions = true)
final class ExportCommand implements Callable<Integer> {
    @Spec CommandSpec spec = CommandSpec.create();
    @Mixin VendorOptions options = new VendorOptions();

    @Option(names = "--channel", required = true, description = "The channel.")
    String channel = "";

    @Option(names = "--from", required = true, description = "The installed version.")
    String from = "";

    @Option(names = "--to", description = "The wanted version (default: the newest).")
    @Nullable String to;

    @Option(
            names = "--platform",
            defaultValue = "any",
            description = "The hosts' platform (default: ${DEFAULT-VALUE}).")
    String platform = "any";

    @Option(names = "--accept-risk", paramLabel = "NAME", description = "Accepts a risk by name.")
    List<String> acceptedRisks = List.of();

    @Option(
            names = {"-o", "--output"},
            required = true,
            description = "The file to write.")
    Path output = Path.of("");

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        ChainExport export =
                new ChainExport(
                        options.directory,
                        options.vendor(),
                        words -> {
                            if (!options.json) {
                                out.println(words);
                            }
                        });
        export.write(
                output,
                new Chain(
                        channel,
                        ChannelOptions.version(from),
                        Optional.ofNullable(to).map(ChannelOptions::version),
                        platform,
                        acceptedRisks));
        if (options.json) {
            Output.json(out, Map.of("file", output.toString()));
        } else {
            out.println("Wrote " + output + ".");
        }
        return 0;
    }
}
