package dev.belay.supervisor.transaction;

import dev.belay.supervisor.backup.HomeBackups;
import dev.belay.supervisor.deployment.Deployment;
import dev.belay.supervisor.deployment.Home;
import dev.belay.supervisor.service.Product;
import dev.belay.versys.version.Version;
import java.time.InstantSource;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/// What all parts of one run share.
///
/// @param home where it works
/// @param id the transaction id
/// @param journal what it is going to do and has done
/// @param events what it tells
/// @param clock for times in records; durations are measured otherwise
/// @param backups makes and restores backups of it
/// @param products makes the product of an unpacked release
/// @param aborted whether somebody asked it to stop
public record Run(
        Home home,
        String id,
        Journal journal,
        RunEvents events,
        InstantSource clock,
        HomeBackups backups,
        Function<Deployment, Product> products,
        BooleanSupplier aborted) {
    /// The same for what has to be done to its end also when somebody asks it to stop.
    public Run unstoppable() {
        return new Run(home, id, journal, events, clock, backups, products, () -> false);
    }

    /// The product of a release that is unpacked.
    public Product product(Version version) {
        return products.apply(Deployment.open(home, version));
    }
}
