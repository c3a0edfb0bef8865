package dev.belay.supervisor.deployment;

import dev.belay.supervisor.merge.ConfigFiles;
import dev.belay.versys.version.Version;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;

/// How what is installed differs from what was shipped, as package managers verify it. All paths
/// are relative to the release.
///
/// @param version the release
/// @param program its program files
/// @param configChanged configuration that is not the shipped default
/// @param configRemoved shipped configuration that is not there
/// @param configAdded configuration that was not shipped
public record Drift(
        Version version,
        LocalChanges program,
        List<String> configChanged,
        List<String> configRemoved,
        List<String> configAdded) {
    public Drift {
        configChanged = List.copyOf(configChanged);
        configRemoved = List.copyOf(configRemoved);
        configAdded = List.copyOf(configAdded);
    }

    /// That of the installed release. Data and scratch are the product's own and not looked at.
    public static Drift of(Home home) {
        Deployment installed = Deployment.installed(home);
        ConfigFiles shipped = ConfigDirectory.shipped(installed);
        ConfigFiles live = ConfigDirectory.live(home, installed);
        List<String> changed = new ArrayList<>();
        List<String> removed = new ArrayList<>();
        TreeSet<String> added = new TreeSet<>(live.paths());
        for (String path : shipped.paths()) {
            added.remove(path);
            byte[] here = live.read(path).orElse(null);
            if (here == null) {
                removed.add(path);
            } else if (!Arrays.equals(here, shipped.read(path).orElse(null))) {
                changed.add(path);
            }
        }
        return new Drift(
                installed.version(),
                LocalChanges.of(installed),
                changed,
                removed,
                List.copyOf(added));
    }

    /// How many files of the configuration differ.
    public int config() {
        return configChanged.size() + configRemoved.size() + configAdded.size();
    }

    /// Whether the program is not as shipped. Configuration is there to be edited.
    public boolean ofProgram() {
        return !program.all().isEmpty();
    }
}
