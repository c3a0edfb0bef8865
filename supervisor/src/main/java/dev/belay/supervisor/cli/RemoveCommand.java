package dev.belay.supervisor.cli;

import dev.belay.packaging.failure.RefusedException;
import dev.belay.supervisor.agent.OpenLink;
import dev.belay.supervisor.run.Removal;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/// `supervisor remove`.
@Command(
        name = "remove",
        description =
                "Stops the product and removes its home, but for what is to be kept. Cut off, the"
                        + " same command finishes it.",
        mixinStandardHelpOptions = true)
final class RemoveCommand implements Callable<Integer> {
    @Mixin private HomeOptions options = new HomeOptions();

    @Option(
            names = "--keep",
            paramLabel = "LIST",
            converter = Parts.class,
            description =
                    "What stays: any of config, data and backups, with commas between, or none."
                            + " Default: all three.")
    private @Nullable Set<Removal.Part> keep;

    @Option(names = "--yes", description = "Do not ask.")
    private boolean yes;

    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        Wiring wiring = new Wiring(options.home(), "supervisor remove");
        if (OpenLink.possible(wiring.home())) {
            throw new RefusedException(
                    "agent-running",
                    "The agent of this home runs. Nothing was changed.",
                    "Stop it first, for example: systemctl disable --now belay-agent");
        }
        Removal removal = new Removal(wiring.parts());
        Removal.Plan plan = removal.plan(Optional.ofNullable(keep));
        say(out, "goes", plan.goes());
        say(out, "stays", plan.stays());
        out.flush();
        if (!yes) {
            Terminal.confirm();
        }
        removal.carryOut(plan);
        out.println(wiring.settings().product() + " is removed from " + wiring.home().root() + ".");
        say(out, "is still there", plan.stays());
        out.flush();
        return 0;
    }

    private static void say(PrintWriter out, String what, Iterable<Path> paths) throws IOException {
        for (Path path : paths) {
            out.println(
                    what
                            + ": "
                            + path
                            + (Files.isSymbolicLink(path)
                                    ? " (a link; "
                                            + Files.readSymbolicLink(path)
                                            + " itself is left alone)"
                                    : ""));
        }
    }

    /// `config,data`, `none`.
    static final class Parts implements ITypeConverter<Set<Removal.Part>> {
        @Override
        public Set<Removal.Part> convert(String text) {
            Set<Removal.Part> parts = EnumSet.noneOf(Removal.Part.class);
            for (String word : text.equals("none") ? new String[0] : text.split(",")) {
                parts.add(
                        Arrays.stream(Removal.Part.values())
                                .filter(part -> part.name().equalsIgnoreCase(word.strip()))
                                .findFirst()
                                .orElseThrow(() ->
                                        new TypeConversionException(
                                                "'"
                                                        + word
                                                        + "' is none of config, data, backups and"
                                                        + " none")));
            }
            return parts;
        }
    }
}
