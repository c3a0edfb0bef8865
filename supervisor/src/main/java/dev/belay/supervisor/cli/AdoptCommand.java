package dev.belay.supervisor.cli;

import dev.belay.packaging.durable.DurableFiles;
import dev.belay.supervisor.adopt.Adoption;
import dev.belay.supervisor.adopt.AdoptionPlan;
import dev.belay.supervisor.deployment.ForeignTree;
import dev.belay.supervisor.deployment.LocalChanges;
import dev.belay.supervisor.offer.HostParts;
import dev.belay.supervisor.run.ProductControl;
import dev.belay.supervisor.words.Bytes;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `supervisor adopt`.
@Command(
        name = "adopt",
        description = {
            "Makes a home of an installation that no supervisor has made.",
            "Configuration, data and changed program files are copied; DIR itself is only read and"
                    + " stays as it was. To undo it: supervisor unadopt"
        })
final class AdoptCommand implements Callable<Integer> {
    @Parameters(paramLabel = "DIR", description = "The installation, stopped.")
    private Path directory = Path.of("");

    @Mixin private NewHome options = new NewHome();

    @Option(names = "--dry-run", description = "Print what would be copied, and write nothing.")
    private boolean dryRun;

    @Option(names = "--yes", description = "Do not ask.")
    private boolean yes;

    @Option(names = "--json", description = "Answer in JSON.")
    private boolean json;

    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException {
        ForeignTree.open(directory, options.home()); // before a home is made in the middle of it
        NewHome.requireEmpty(options.home());
        return dryRun ? rehearse() : adopt();
    }

    private int rehearse() throws IOException {
        Path scratch = Files.createTempDirectory("belay-adopt-");
        try {
            HostParts parts = options.rehearse(scratch, "supervisor adopt --dry-run").parts();
            show(new Adoption(parts, directory).survey(options.version()));
        } finally {
            DurableFiles.deleteTree(scratch);
        }
        return 0;
    }

    private int adopt() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        HostParts parts = options.make("supervisor adopt").parts();
        Adoption adoption = new Adoption(parts, directory);
        AdoptionPlan plan = adoption.survey(options.version());
        show(plan);
        if (!yes) {
            Terminal.confirm();
        }
        try (Progress shown = Progress.on(out)) {
            adoption.carryOut(plan, shown);
        }
        if (options.starts()) {
            new ProductControl(parts).startHealthy();
        }
        if (!json) {
            out.printf(
                    "%s %s is adopted in %s%s%n%s stays as it was, and must not be started any more."
                            + " To undo this: supervisor unadopt --home %s%n",
                    plan.product(),
                    plan.version(),
                    parts.home().root(),
                    options.starts()
                            ? " and healthy."
                            : ". Start it with: supervisor start --home " + parts.home().root(),
                    plan.directory(),
                    parts.home().root());
        }
        out.flush();
        return 0;
    }

    private void show(AdoptionPlan plan) {
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            Printing.json(out, plan);
            return;
        }
        out.printf(
                "%s is %s %s; %s would be copied to %s%n",
                plan.directory(),
                plan.product(),
                plan.version(),
                Bytes.words(plan.bytes()),
                options.home().root());
        parts(out, "configuration", plan.config());
        parts(out, "data", plan.data());
        paths(out, "removed here, and stays away", plan.removedConfig());
        LocalChanges program = plan.program();
        paths(out, "changed program file, kept", program.changed());
        paths(out, "changed mode, kept", program.modes());
        paths(out, "not shipped, kept", program.added());
        paths(out, "missing program file, stays away", program.missing());
        paths(out, "names " + plan.directory() + ", which the home is not", plan.namingItself());
        out.flush();
    }

    private static void parts(PrintWriter out, String what, List<ForeignTree.Part> parts) {
        for (ForeignTree.Part part : parts) {
            out.printf(
                    "  %s: %s (%s in %d files)%n",
                    what, part.path(), Bytes.words(part.bytes()), part.files());
        }
    }

    private static void paths(PrintWriter out, String what, List<String> paths) {
        paths.forEach(path -> out.println("  " + what + ": " + path));
    }
}
