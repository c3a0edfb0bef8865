package dev.belay.supervisor.transaction;

import dev.belay.packaging.failure.BelayException;
import dev.belay.packaging.failure.RefusedException;
import dev.belay.supervisor.deployment.ConfigFiles;
import dev.belay.supervisor.deployment.Deployment;
import dev.belay.supervisor.deployment.Home;
import dev.belay.supervisor.deployment.LocalChanges;
import dev.belay.supervisor.deployment.TreeSize;
import dev.belay.supervisor.status.HistoryEntry;
import dev.belay.versys.client.TargetSource;
import dev.belay.versys.plan.PlannedHop;
import dev.belay.versys.version.Version;
import java.util.ArrayList;
import java.util.List;

/// Turns the planner's hops into a [ChainPlan] and does all the work that needs no downtime:
/// forecast, preflight, download and unpacking of the whole chain, preview of the config merge.
final class Planning {
    private static final long FILES_PER_RUN = 200;
    private final HostParts parts;
    private final Offer offer;
    private final Staging staging;

    Planning(HostParts parts, Offer offer, Staging staging) {
        this.parts = parts;
        this.offer = offer;
        this.staging = staging;
    }

    /// @param way what the host can walk now, at least one hop
    /// @param history for the forecast
    /// @param acceptMissing whether program files of the installed release may be missing
    /// @throws RefusedException if something is missing; nothing but caches was changed
    ChainPlan prepare(
            Version installed, Stretch way, List<HistoryEntry> history, boolean acceptMissing) {
        List<PlannedHop> hops = way.hops();
        Deployment current = Deployment.open(parts.home(), installed);
        LocalChanges local = LocalChanges.of(current);
        Preflight.requireWayBack(installed, local, acceptMissing);
        TreeSize live = live(parts.home());
        Forecast forecast = forecast(hops, live, history);
        Preflight preflight = new Preflight(parts.home());
        long releaseFiles = TreeSize.of(current.directory()).files();
        preflight.beforeDownload(
                forecast, FILES_PER_RUN + hops.size() * (2 * live.files() + releaseFiles));
        for (PlannedHop hop : hops) {
            staging.download(offer, hop.version());
        }
        parts.backups().check(current.descriptor());
        List<Deployment> releases = new ArrayList<>();
        for (PlannedHop hop : hops) {
            releases.add(staging.unpack(offer, hop.version()));
        }
        for (Deployment release : releases) {
            preflight.ofRelease(parts.product(current), parts.product(release));
        }
        return new ChainPlan(
                parts.settings().product(),
                parts.settings().channel(),
                installed,
                plans(current, hops, releases),
                local.all(),
                way.awaits(),
                forecast,
                true);
    }

    /// The chain as the signed metadata has it. Touches nothing, the caches included.
    ChainPlan outline(Version installed, Stretch way, List<HistoryEntry> history) {
        List<HopPlan> plans = new ArrayList<>();
        Version from = installed;
        for (PlannedHop hop : way.hops()) {
            plans.add(plan(plans.size() + 1, from, hop, List.of()));
            from = hop.version();
        }
        return new ChainPlan(
                parts.settings().product(),
                parts.settings().channel(),
                installed,
                plans,
                List.of(),
                way.awaits(),
                forecast(way.hops(), live(parts.home()), history),
                false);
    }

    private Forecast forecast(List<PlannedHop> hops, TreeSize live, List<HistoryEntry> history) {
        return Forecasting.of(
                sizes(hops, live.bytes()), hops.size(), Preflight.free(parts.home()), history);
    }

    static TreeSize live(Home home) {
        return TreeSize.of(home.config()).plus(TreeSize.of(home.data()));
    }

    private List<HopPlan> plans(
            Deployment current, List<PlannedHop> hops, List<Deployment> releases) {
        ConfigPreview preview =
                new ConfigPreview(
                        new ConfigMerge(parts.merger()), ConfigFiles.live(parts.home(), current));
        List<HopPlan> plans = new ArrayList<>();
        Deployment from = current;
        for (int i = 0; i < hops.size(); i++) {
            PlannedHop hop = hops.get(i);
            Deployment to = releases.get(i);
            plans.add(plan(i + 1, from.version(), hop, previewed(preview, from, to)));
            from = to;
        }
        return plans;
    }

    private HopPlan plan(
            int number, Version from, PlannedHop hop, List<HopPlan.ConfigChange> config) {
        TargetSource.Target bundle = offer.target(hop.version());
        return new HopPlan(
                number,
                from,
                hop.version(),
                hop.why(),
                hop.notes(),
                bundle.path(),
                Staging.sha256(bundle),
                bundle.length(),
                offer.artifact(hop.version()).unpackedBytes(),
                config);
    }

    /// A file that cannot be merged refuses the update while the product still runs.
    private static List<HopPlan.ConfigChange> previewed(
            ConfigPreview preview, Deployment from, Deployment to) {
        try {
            return preview.hop(from, to);
        } catch (RefusedException e) {
            throw e;
        } catch (BelayException e) {
            throw new RefusedException(e.kind(), String.valueOf(e.getMessage()), e.help(), e);
        }
    }

    private Forecasting.Sizes sizes(List<PlannedHop> hops, long live) {
        long download = 0;
        long unpack = 0;
        for (PlannedHop hop : hops) {
            if (!staging.present(hop.version())) {
                download += offer.target(hop.version()).length();
            }
            if (!parts.home().has(hop.version())) {
                unpack += offer.artifact(hop.version()).unpackedBytes();
            }
        }
        return new Forecasting.Sizes(download, unpack, live);
    }
}
