package dev.belay.versys.cli;

import dev.belay.packaging.failure.ExitCode;
import dev.belay.versys.graph.Channel;
import dev.belay.versys.plan.ChannelLint;
import dev.belay.versys.plan.Finding;
import dev.belay.versys.plan.UnknownNameException;
import dev.belay.versys.version.Version;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `versys lint`: looks for mistakes in a channel document. Ends with 1 if there are errors.
@Command(
        name = "lint",
        description = "Looks for mistakes in a channel document; ends with 1 if there are errors.",
        mixinStandardHelpOptions = true)
final class LintCommand implements Callable<Integer> {
    @Spec CommandSpec spec = CommandSpec.create();
    @Mixin ChannelFile channelFile = new ChannelFile();

    @Option(
            names = "--reject",
            paramLabel = "V",
            description = "Also who can only leave by way of this release, which hosts reject.")
    List<String> rejected = List.of();

    @Option(names = "--strict", description = "Warnings count as errors.")
    boolean strict;

    @Option(names = "--json", description = "Prints the findings as JSON.")
    boolean json;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        Channel channel = channelFile.read();
        Set<Version> versions =
                rejected.stream().map(ChannelOptions::version).collect(Collectors.toSet());
        UnknownNameException.check(channel, Set.of(), versions);
        List<Finding> findings = Finding.byCause(ChannelLint.check(channel, versions));
        if (json) {
            Output.json(out, Map.of("findings", findings.stream().map(LintCommand::json).toList()));
        } else {
            findings.forEach(finding ->
                    out.println(
                            (finding.error() ? "error: " : "warning: ")
                                    + finding.message()
                                    + " ["
                                    + finding.kind()
                                    + "]"));
            if (findings.isEmpty()) {
                out.println("Nothing to complain about.");
            }
        }
        boolean bad = findings.stream().anyMatch(finding -> finding.error() || strict);
        return (bad ? ExitCode.FAILED : ExitCode.DONE).status();
    }

    private static Map<String, Object> json(Finding finding) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("severity", finding.error() ? "error" : "warning");
        json.put("kind", finding.kind());
        finding.release().ifPresent(release -> json.put("release", release.text()));
        json.put("message", finding.message());
        return json;
    }
}
