package dev.belay.supervisor.deployment;

import dev.belay.versys.version.Version;
import java.io.IOException;
import java.io.UncheckedIOException;

/// Puts the first release on an empty home. May be repeated from any point: the home counts as
/// installed when `current` points to the release, which is the last act.
public final class FirstDeployment {
    private FirstDeployment() {}

    /// @param release staged already
    public static void activate(Home home, Version release) {
        try {
            FirstContent.complete(Deployment.open(home, release), home.config(), home.data());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot put the first configuration in place", e);
        }
        home.switchTo(release);
    }
}
