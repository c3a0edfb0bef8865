package dev.belay.supervisor.agent;

import dev.belay.supervisor.agent.web.AdminActions;
import dev.belay.supervisor.agent.web.AdminStatus;
import dev.belay.supervisor.agent.web.AdminStatus.AgentInfo;
import dev.belay.supervisor.offer.CheckResult;
import dev.belay.supervisor.offer.Planned;
import dev.belay.supervisor.run.Updates;
import dev.belay.supervisor.status.HistoryEntry;
import dev.belay.versys.version.Version;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// What the page may do, done with the agent's parts.
final class AgentActions implements AdminActions {
    private final Supplier<Updates> updates;
    private final AgentMachine machine;
    private final NewsWatch news;
    private final UpdateRunner runner;
    private final PlanCache plans;
    private final String host = hostName();

    AgentActions(
            Supplier<Updates> updates,
            AgentMachine machine,
            NewsWatch news,
            UpdateRunner runner,
            InstantSource clock) {
        this.updates = updates;
        this.machine = machine;
        this.news = news;
        this.runner = runner;
        this.plans = new PlanCache(updates, clock);
    }

    @Override
    public AdminStatus status() {
        AgentState state = machine.state();
        return new AdminStatus(
                host,
                updates.get().status(),
                new AgentInfo(state.name(), state.message()),
                news.push(),
                news.last(),
                runner.last());
    }

    @Override
    public Planned plan(boolean compared) {
        return plans.plan(compared);
    }

    @Override
    public List<HistoryEntry> history() {
        return updates.get().history();
    }

    @Override
    public CheckResult check() {
        return news.check();
    }

    @Override
    public void startUpdate(Optional<Version> to) {
        runner.start(to);
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "this host";
        }
    }
}
