package dev.belay.supervisor.cli;

import dev.belay.packaging.failure.ExitCode;
import dev.belay.supervisor.agent.Agent;
import dev.belay.supervisor.agent.web.ListenAddress;
import dev.belay.supervisor.settings.Settings;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `supervisor agent`: the resident daemon, until it is asked to stop.
@Command(
        name = "agent",
        description =
                "Keep the product running, learn of releases and serve the admin page, until"
                        + " stopped. Stopping it does not stop the product.",
        mixinStandardHelpOptions = true)
final class AgentCommand implements Callable<Integer> {
    @Mixin private final HomeOptions options = new HomeOptions();

    @Option(
            names = "--listen",
            paramLabel = "ADDRESS:PORT",
            description =
                    "A loopback address for the admin page. Default: agent.listen of"
                            + " supervisor.yaml, else 127.0.0.1:7480.")
    private @Nullable String listen;

    @Override
    public Integer call() throws InterruptedException {
        Wiring wiring = new Wiring(options.home(), "supervisor agent");
        Agent agent = Agent.of(wiring.parts(), address(wiring.settings()), System.out);
        agent.start();
        Interruption.endsBy(agent::close);
        new CountDownLatch(1).await(); // a signal ends the process
        return ExitCode.DONE.status();
    }

    private ListenAddress address(Settings settings) {
        String host = settings.agent().listenHost();
        String text =
                (host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host)
                        + ":"
                        + settings.agent().listenPort();
        return ListenAddress.parse(listen == null ? text : listen);
    }
}
