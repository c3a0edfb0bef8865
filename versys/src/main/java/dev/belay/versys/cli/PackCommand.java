package dev.belay.versys.cli;

import dev.belay.packaging.bundle.PackedBundle;
import dev.belay.versys.publish.BundlePacker;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `versys pack`: a tree and its release.yaml become a bundle.
@Command(
        name = "pack",
        description = "Makes a bundle of a directory: the same input gives the same bytes.",
        mixinStandardHelpOptions = true)
final class PackCommand implements Callable<Integer> {
    @Spec CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--release",
            required = true,
            paramLabel = "release.yaml",
            description = "The release descriptor.")
    Path release = Path.of("release.yaml");

    @Option(
            names = "--tree",
            required = true,
            paramLabel = "DIR",
            description = "The program as it is to be installed.")
    Path tree = Path.of(".");

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "Where to (default: <product>-<version>-<platform>.tgz).")
    Optional<Path> output = Optional.empty();

    @Option(names = "--json", description = "Print the result as JSON.")
    boolean json;

    @Override
    public Integer call() {
        PackedBundle packed = BundlePacker.pack(release, tree, output);
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            Map<String, Object> result = new LinkedHashMap<>();
            result.put("bundle", packed.file().toString());
            result.put("size", packed.size());
            result.put("sha256", packed.sha256().hex());
            result.put("unpacked-bytes", packed.manifest().unpackedBytes());
            result.put("entries", packed.manifest().files().size());
            Output.json(out, result);
        } else {
            out.println(packed.file());
            out.printf("  %,d bytes, %s%n", packed.size(), packed.sha256());
        }
        out.flush();
        return 0;
    }
}
