package dev.belay.supervisor.deployment;

import dev.belay.packaging.failure.RefusedException;
import dev.belay.supervisor.merge.ConfigLookup;
import dev.belay.supervisor.merge.ConfigMergers;
import dev.belay.versys.release.Template;

/// Values of the live configuration, read at the moment they are needed: the admin may change a
/// port at any time.
public final class LiveConfigValues implements Template.Lookup {
    private final Home home;

    public LiveConfigValues(Home home) {
        this.home = home;
    }

    /// @throws RefusedException `config-value-missing`
    @Override
    public String value(Template.ConfigValue wanted) {
        Deployment current = Deployment.installed(home);
        return ConfigDirectory.live(home, current)
                .read(wanted.file())
                .flatMap(content ->
                        ConfigLookup.value(
                                wanted.file(),
                                ConfigMergers.format(current.descriptor().layout(), wanted.file()),
                                content,
                                wanted.key()))
                .orElseThrow(() ->
                        new RefusedException(
                                "config-value-missing",
                                wanted.file() + " has no value " + wanted.key() + ".",
                                "The health check of the release needs it: set it."));
    }
}
