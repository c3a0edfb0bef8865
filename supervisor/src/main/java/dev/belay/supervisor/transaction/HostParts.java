package dev.belay.supervisor.transaction;

import dev.belay.supervisor.deployment.Deployment;
import dev.belay.supervisor.deployment.Home;
import dev.belay.supervisor.merge.ConfigMerger;
import dev.belay.supervisor.settings.Settings;
import dev.belay.supervisor.status.Outbox;
import dev.belay.versys.release.Template;
import java.time.InstantSource;
import java.util.function.BooleanSupplier;

/// What [HostUpdates] is wired from.
///
/// @param home the home
/// @param settings the admin's settings
/// @param sources where releases come from
/// @param backups makes backups of this home
/// @param merger merges configuration files
/// @param lookup finds values of the live configuration
/// @param sender hands outcome reports to the server
/// @param clock for times in records
/// @param aborted whether somebody asked the run to stop
/// @param command what this process does, for one who finds the home locked
public record HostParts(
        Home home,
        Settings settings,
        ReleaseSource sources,
        HopBackups backups,
        ConfigMerger merger,
        Template.Lookup lookup,
        Outbox.Sender sender,
        InstantSource clock,
        BooleanSupplier aborted,
        String command) {
    /// The product of an unpacked release.
    public Product product(Deployment deployment) {
        return new Product(home, settings, deployment, lookup, clock);
    }
}
