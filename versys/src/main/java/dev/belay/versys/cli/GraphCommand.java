package dev.belay.versys.cli;

import dev.belay.versys.graph.Channel;
import dev.belay.versys.picture.ChannelDrawing;
import dev.belay.versys.picture.DotPicture;
import dev.belay.versys.picture.HtmlPicture;
import dev.belay.versys.picture.SvgPicture;
import dev.belay.versys.plan.PlanRequest;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `versys graph`: a channel as a picture.
@Command(
        name = "graph",
        description = "Draws a channel: series as lanes, the way of every release, stops, blocks.",
        mixinStandardHelpOptions = true)
final class GraphCommand implements Callable<Integer> {
    @Spec CommandSpec spec = CommandSpec.create();
    @Mixin ChannelFile channelFile = new ChannelFile();

    @Option(names = "--platform", description = "Draws the ways of this platform.")
    @Nullable String platform;

    @Option(names = "--hosts", paramLabel = "FILE", description = "Also shows where hosts are.")
    @Nullable Path hosts;

    @ArgGroup @Nullable Form form;

    static final class Form {
        @Option(names = "--svg", description = "SVG.")
        boolean svg;

        @Option(names = "--dot", description = "Graphviz.")
        boolean dot;

        @Option(names = "--json", description = "JSON.")
        boolean json;

        @Option(names = "--html", description = "A page to zoom and pan (the default).")
        boolean html;
    }

    @Override
    public Integer call() {
        Channel channel = channelFile.read();
        Instant now = InstantSource.system().instant();
        Map<String, Integer> population = new HashMap<>();
        if (hosts != null) {
            for (PlanRequest host : HostsFile.read(hosts, now)) {
                population.merge(host.from().text(), 1, Integer::sum);
            }
        }
        ChannelDrawing drawing = ChannelDrawing.of(channel, platform, now, population);
        PrintWriter out = spec.commandLine().getOut();
        if (form != null && form.json) {
            Output.json(out, drawing.json());
        } else if (form != null && form.dot) {
            out.println(DotPicture.of(drawing));
        } else if (form != null && form.svg) {
            out.println(SvgPicture.of(drawing));
        } else {
            out.println(HtmlPicture.of(drawing));
        }
        return 0;
    }
}
