package dev.belay.versys.cli;

import dev.belay.versys.picture.OfferPicture;
import dev.belay.versys.plan.Population;
import dev.belay.versys.plan.Population.Moment;
import dev.belay.versys.plan.UpgradePlanner;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `versys simulate`: what a population of hosts is offered hour by hour.
@Command(
        name = "simulate",
        description = "Shows what a population of hosts would be offered hour by hour.",
        mixinStandardHelpOptions = true)
final class SimulateCommand implements Callable<Integer> {
    @Spec CommandSpec spec = CommandSpec.create();
    @Mixin ChannelFile channelFile = new ChannelFile();

    @Option(names = "--hosts", required = true, paramLabel = "FILE", description = "The hosts.")
    Path hosts = Path.of("hosts.json");

    @Option(names = "--at", paramLabel = "INSTANT", description = "The first hour; without, now.")
    @Nullable String at;

    @Option(names = "--hours", description = "How many hours (48).")
    int hours = 48;

    @Option(names = "--json", description = "Prints the table as JSON.")
    boolean json;

    @Option(names = "--svg", description = "Prints a picture.")
    boolean svg;

    @Override
    public Integer call() {
        Instant start = start();
        List<Moment> moments =
                new Population(HostsFile.read(hosts, start))
                        .simulate(
                                new UpgradePlanner(channelFile.read()),
                                start,
                                Duration.ofHours(1),
                                hours);
        PrintWriter out = spec.commandLine().getOut();
        if (svg) {
            out.println(OfferPicture.svg(moments));
        } else if (json) {
            Output.json(
                    out,
                    Map.of(
                            "hours",
                            moments.stream()
                                    .map(m -> Map.of("at", m.at().toString(), "offers", m.offers()))
                                    .toList()));
        } else {
            table(moments, out);
        }
        return 0;
    }

    private Instant start() {
        try {
            return at == null ? InstantSource.system().instant() : Instant.parse(at);
        } catch (DateTimeParseException e) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--at is an instant such as 2026-11-20T09:00:00Z, not '" + at + "'",
                    e);
        }
    }

    private static void table(List<Moment> moments, PrintWriter out) {
        SortedSet<String> offers = new TreeSet<>();
        moments.forEach(moment -> offers.addAll(moment.offers().keySet()));
        StringBuilder head = new StringBuilder("%-22s".formatted("hour"));
        offers.forEach(offer -> head.append(" %20s".formatted(offer)));
        out.println(head);
        for (Moment moment : moments) {
            StringBuilder line = new StringBuilder("%-22s".formatted(moment.at()));
            offers.forEach(offer ->
                    line.append(
                            String.format(
                                    Locale.ROOT, " %20d", moment.offers().getOrDefault(offer, 0))));
            out.println(line);
        }
    }
}
