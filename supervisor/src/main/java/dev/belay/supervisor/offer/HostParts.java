package dev.belay.supervisor.offer;

import dev.belay.supervisor.backup.HomeBackups;
import dev.belay.supervisor.deployment.Deployment;
import dev.belay.supervisor.deployment.Home;
import dev.belay.supervisor.service.Product;
import dev.belay.supervisor.service.Programs;
import dev.belay.supervisor.settings.Settings;
import dev.belay.supervisor.status.Outbox;
import dev.belay.versys.release.Template;
import java.time.InstantSource;

/// A host as everything that plans or moves it is wired from.
///
/// @param home the home
/// @param settings the admin's settings
/// @param sources where releases come from
/// @param backups makes backups of this home
/// @param lookup finds values of the live configuration
/// @param sender hands outcome reports to the server
/// @param clock for times in records
/// @param aborted whether somebody asked this process to stop
/// @param command what this process does, for one who finds the home locked
/// @param programs how what releases bring is run
public record HostParts(
        Home home,
        Settings settings,
        ReleaseSource sources,
        HomeBackups backups,
        Template.Lookup lookup,
        Outbox.Sender sender,
        InstantSource clock,
        StopSignal aborted,
        String command,
        Programs programs) {
    /// The product of an unpacked release.
    public Product product(Deployment deployment) {
        return new Product(home, settings, deployment, lookup, clock, programs);
    }
}
