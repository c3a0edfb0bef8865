package dev.belay.supervisor.deployment;

import dev.belay.packaging.failure.BelayException;
import dev.belay.supervisor.merge.ConfigFiles;
import dev.belay.supervisor.merge.ConfigLookup;
import dev.belay.supervisor.merge.ConfigMergers;
import dev.belay.versys.release.Secret;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/// What the vendor of the installed release declares secret (`secrets` of release.yaml), as it is
/// on this host.
///
/// @param files configuration files that are secret as a whole. Also those whose secret value could
///   not be found, because they cannot be parsed or are not of a format with keys
/// @param values secret values
public record DeclaredSecrets(Set<String> files, Set<String> values) {
    public DeclaredSecrets {
        files = Set.copyOf(files);
        values = Set.copyOf(values);
    }

    /// Those of a home; none if nothing is installed there.
    public static DeclaredSecrets of(Home home) {
        Set<String> files = new HashSet<>();
        Set<String> values = new HashSet<>();
        if (home.installed().isPresent()) {
            Deployment installed = Deployment.installed(home);
            ConfigFiles live = ConfigDirectory.live(home, installed);
            for (Secret secret : installed.descriptor().secrets()) {
                value(installed, live, secret)
                        .ifPresentOrElse(values::add, () -> files.add(secret.file()));
            }
        }
        values.remove("");
        return new DeclaredSecrets(files, values);
    }

    private static Optional<String> value(Deployment installed, ConfigFiles live, Secret secret) {
        try {
            return secret.key()
                    .flatMap(key ->
                            live.read(secret.file())
                                    .flatMap(content ->
                                            ConfigLookup.value(
                                                    secret.file(),
                                                    ConfigMergers.format(
                                                            installed.descriptor().layout(),
                                                            secret.file()),
                                                    content,
                                                    key)));
        } catch (BelayException e) {
            return Optional.empty();
        }
    }
}
