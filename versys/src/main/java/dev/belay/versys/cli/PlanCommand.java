package dev.belay.versys.cli;

import dev.belay.versys.graph.Channel;
import dev.belay.versys.plan.Explanation;
import dev.belay.versys.plan.PlanJson;
import dev.belay.versys.plan.PlanPolicy;
import dev.belay.versys.plan.PlanRequest;
import dev.belay.versys.plan.UnknownNameException;
import dev.belay.versys.plan.UpgradePlanner;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `versys plan`: what a host would be offered, and why.
@Command(
        name = "plan",
        description = "Plans the way of a host from one version to another, and says why.",
        mixinStandardHelpOptions = true)
final class PlanCommand implements Callable<Integer> {
    @Spec CommandSpec spec = CommandSpec.create();
    @Mixin ChannelFile channelFile = new ChannelFile();

    @Option(names = "--from", required = true, description = "The installed version.")
    String from = "";

    @Option(names = "--to", description = "The wanted version; without, the newest reachable.")
    @Nullable String to;

    @Option(names = "--channel", description = "A channel of a document with several.")
    @Nullable String channel;

    @Option(names = "--platform", description = "The host's platform, for example linux-amd64.")
    @Nullable String platform;

    @Option(names = "--at", paramLabel = "INSTANT", description = "The moment; without, now.")
    @Nullable String at;

    @Option(
            names = "--wariness",
            paramLabel = "W",
            description = "0 (eager) to 1 (cautious, the default): the place in rollouts.")
    double wariness = 1;

    @Option(names = "--now", description = "Does not wait for rollouts: as --wariness 0.")
    boolean eager;

    @Option(names = "--fact", paramLabel = "K=V", description = "What the host tells of itself.")
    Map<String, String> facts = Map.of();

    @Option(names = "--accept-risk", paramLabel = "NAME", description = "Accepts a risk by name.")
    List<String> acceptedRisks = List.of();

    @Option(names = "--reject", paramLabel = "V", description = "A release to stay away from.")
    List<String> rejected = List.of();

    @Option(names = "--pin", paramLabel = "RANGE", description = "The ceiling of the target.")
    @Nullable String pin;

    @Option(
            names = "--policy",
            description =
                    "fewest-hops (default), every-minor, newest-first, least-download or"
                            + " least-downtime.")
    String policy = PlanPolicy.FEWEST_HOPS.label();

    @Option(names = "--allow-downgrade", description = "Also uses edges to older releases.")
    boolean allowDowngrade;

    @Option(names = "--json", description = "Prints the answer as JSON.")
    boolean json;

    @Option(names = "--explain", description = "Says why in words (also without --json).")
    boolean explain;

    @Override
    public Integer call() {
        Channel document = channelFile.read();
        UpgradePlanner planner = new UpgradePlanner(document);
        PrintWriter out = spec.commandLine().getOut();
        PlanRequest request = request();
        UnknownNameException.check(document, request.acceptedRisks(), request.rejected());
        try {
            if (json) {
                Output.json(out, PlanJson.of(planner.plan(request)));
            }
            if (explain || !json) {
                Explanation.of(planner, request)
                        .forEach((explain && json ? spec.commandLine().getErr() : out)::println);
            }
        } catch (IllegalArgumentException e) {
            throw usage("--pin", e);
        }
        return 0;
    }

    private PlanRequest request() {
        PlanRequest.Builder request =
                PlanRequest.builder(ChannelOptions.version(from), instant())
                        .facts(facts)
                        .allowDowngrade(allowDowngrade);
        if (to != null) {
            request.to(ChannelOptions.version(to));
        }
        if (platform != null) {
            request.platform(platform);
        }
        if (channel != null) {
            request.channel(channel);
        }
        if (pin != null) {
            request.pin(pin);
        }
        acceptedRisks.forEach(request::acceptRisk);
        rejected.forEach(version -> request.reject(ChannelOptions.version(version)));
        try {
            return request.policy(PlanPolicy.of(policy)).wariness(eager ? 0 : wariness).build();
        } catch (IllegalArgumentException e) {
            throw usage("--policy or --wariness", e);
        }
    }

    private Instant instant() {
        try {
            return at == null ? InstantSource.system().instant() : Instant.parse(at);
        } catch (DateTimeParseException e) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--at is an instant such as 2026-11-20T09:00:00Z, not '" + at + "'",
                    e);
        }
    }

    private ParameterException usage(String option, IllegalArgumentException e) {
        return new ParameterException(spec.commandLine(), option + ": " + e.getMessage(), e);
    }
}
