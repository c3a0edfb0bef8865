package dev.belay.supervisor.offer;

import dev.belay.packaging.failure.BelayException;
import dev.belay.packaging.failure.RefusedException;
import dev.belay.supervisor.deployment.ConfigDirectory;
import dev.belay.supervisor.deployment.Deployment;
import dev.belay.supervisor.deployment.Guard;
import dev.belay.supervisor.deployment.LocalChanges;
import dev.belay.supervisor.deployment.TreeSize;
import dev.belay.supervisor.merge.ConfigChange;
import dev.belay.supervisor.merge.ConfigFiles;
import dev.belay.supervisor.merge.ConfigMerge;
import dev.belay.supervisor.merge.MergedConfig;
import dev.belay.supervisor.settings.ChainPolicy;
import dev.belay.supervisor.status.HistoryEntry;
import dev.belay.supervisor.transaction.RunEvents;
import dev.belay.versys.client.TargetSource;
import dev.belay.versys.plan.PlannedHop;
import dev.belay.versys.version.Version;
import java.util.ArrayList;
import java.util.List;

/// Turns the planner's hops into a plan, doing all the work that needs no downtime.
public final class Preparation {
    private static final long FILES_PER_RUN = 200;
    private final HostParts parts;
    private final Look look;
    private final List<PlannedHop> hops;
    private final Staging staging;
    private final ChainPolicy onFailure;

    /// @param look with a way of at least one hop
    /// @param choices what the admin decides for this once
    public Preparation(HostParts parts, Look look, Choices choices, RunEvents events) {
        this.onFailure = choices.onFailure().orElse(parts.settings().onFailure());
        this.parts = parts;
        this.look = look;
        this.hops = look.way().hops();
        this.staging = new Staging(parts.home(), parts.settings().product(), events);
    }

    /// What is known of this host before anything is fetched.
    private record Measured(LocalChanges local, Forecast forecast) {}

    /// Forecast, preflight, download and unpacking of the whole chain, and the configuration of
    /// every hop. Two of them at once on one home are kept apart by the caller.
    ///
    /// @param transaction id of the run that it is for
    /// @param history for the forecast
    /// @param acceptMissing whether program files of the installed release may be missing
    /// @param still keeps runs away around what reads the live trees; never while a network, or a
    ///   program of a release, is waited for
    /// @throws RefusedException if something is missing; nothing but caches was changed
    public PreparedPlan prepare(
            String transaction, List<HistoryEntry> history, boolean acceptMissing, Guard still) {
        Deployment current = Deployment.open(parts.home(), look.installed());
        Preflight preflight = new Preflight(parts.home(), parts.settings().facts());
        Measured measured =
                still.during(() -> measured(current, preflight, history, acceptMissing));
        parts.backups().check(current.descriptor(), hops.size());
        staging.announce(measured.forecast());
        for (PlannedHop hop : hops) {
            staging.download(look.offer(), hop.version());
        }
        List<Deployment> releases = new ArrayList<>();
        for (PlannedHop hop : hops) {
            releases.add(staging.unpack(look.offer(), hop.version()));
        }
        for (Deployment release : releases) {
            preflight.ofRelease(parts.product(current), parts.product(release));
        }
        List<MergedConfig> configs =
                still.during(() -> {
                    requireUnmoved();
                    return configs(current, releases);
                });
        return new PreparedPlan(
                transaction,
                chain(configs, measured.local().all(), measured.forecast(), true),
                configs,
                look.metadata(),
                look.rejected(),
                staging.downloaded());
    }

    private Measured measured(
            Deployment current,
            Preflight preflight,
            List<HistoryEntry> history,
            boolean acceptMissing) {
        requireUnmoved();
        LocalChanges local = LocalChanges.of(current);
        Preflight.requireWayBack(look.installed(), local, acceptMissing);
        TreeSize live = TreeSize.live(parts.home());
        Forecast forecast = forecast(live, history);
        long releaseFiles = TreeSize.of(current.directory()).files();
        preflight.beforeDownload(
                forecast, FILES_PER_RUN + hops.size() * (2 * live.files() + releaseFiles));
        return new Measured(local, forecast);
    }

    /// Somebody may have gone back while this waited.
    private void requireUnmoved() {
        Version now = parts.home().requireInstalled();
        if (!now.equals(look.installed())) {
            throw new RefusedException(
                    "plan-changed",
                    now
                            + " is installed now, no longer "
                            + look.installed()
                            + ", which the update was prepared for. Nothing was changed.",
                    "Run the command again: it looks anew.");
        }
    }

    /// The chain as the signed metadata has it. Touches nothing, the caches included, and asks no
    /// release anything. If the releases on the way are here already, it is compared with this
    /// host.
    public ChainPlan outline(List<HistoryEntry> history) {
        Forecast forecast = forecast(TreeSize.live(parts.home()), history);
        if (!hops.stream().allMatch(hop -> parts.home().has(hop.version()))) {
            return chain(List.of(), List.of(), forecast, false);
        }
        Deployment current = Deployment.open(parts.home(), look.installed());
        return chain(
                configs(
                        current,
                        hops.stream()
                                .map(hop -> Deployment.open(parts.home(), hop.version()))
                                .toList()),
                LocalChanges.of(current).all(),
                forecast,
                true);
    }

    private Forecast forecast(TreeSize live, List<HistoryEntry> history) {
        return Forecasting.of(
                sizes(live.bytes()), hops.size(), Preflight.free(parts.home()), history);
    }

    private ChainPlan chain(
            List<MergedConfig> configs,
            List<String> localChanges,
            Forecast forecast,
            boolean compared) {
        List<ChainHop> plans = new ArrayList<>();
        Version from = look.installed();
        for (int i = 0; i < hops.size(); i++) {
            PlannedHop hop = hops.get(i);
            plans.add(hop(i + 1, from, hop, compared ? configs.get(i).changes() : List.of()));
            from = hop.version();
        }
        return new ChainPlan(
                parts.settings().product(),
                parts.settings().channel(),
                look.installed(),
                plans,
                localChanges,
                look.way().awaits(),
                onFailure,
                forecast,
                compared,
                look.offer().warnings());
    }

    private ChainHop hop(int number, Version from, PlannedHop hop, List<ConfigChange> config) {
        TargetSource.Target bundle = look.offer().target(hop.version());
        return new ChainHop(
                number,
                from,
                hop.version(),
                hop.why(),
                hop.notes(),
                bundle.path(),
                Staging.sha256(bundle),
                bundle.length(),
                look.offer().artifact(hop.version()).unpackedBytes(),
                config);
    }

    /// Each hop merges what the one before it leaves. A file that cannot be merged refuses the
    /// update while the product still runs.
    private List<MergedConfig> configs(Deployment current, List<Deployment> releases) {
        List<MergedConfig> configs = new ArrayList<>();
        Deployment from = current;
        ConfigFiles local = ConfigDirectory.live(parts.home(), current);
        try {
            for (Deployment to : releases) {
                MergedConfig merged =
                        ConfigMerge.merge(
                                to.descriptor(),
                                ConfigDirectory.shipped(from),
                                local,
                                ConfigDirectory.shipped(to));
                configs.add(merged);
                local = merged.over(local);
                from = to;
            }
        } catch (RefusedException e) {
            throw e;
        } catch (BelayException e) {
            throw new RefusedException(e.kind(), String.valueOf(e.getMessage()), e.help(), e);
        }
        return configs;
    }

    private Forecasting.Sizes sizes(long live) {
        long download = 0;
        long unpack = 0;
        for (PlannedHop hop : hops) {
            if (!staging.present(hop.version())) {
                download += look.offer().target(hop.version()).length();
            }
            if (!parts.home().has(hop.version())) {
                unpack += look.offer().artifact(hop.version()).unpackedBytes();
            }
        }
        return new Forecasting.Sizes(download, unpack, live, parts.backups().apart());
    }
}
