package dev.belay.supervisor.adopt;

import dev.belay.packaging.bundle.BundleManifest;
import dev.belay.supervisor.deployment.ForeignTree;
import dev.belay.supervisor.deployment.ForeignTree.Part;
import dev.belay.supervisor.deployment.LocalChanges;
import dev.belay.versys.release.Layout;
import dev.belay.versys.version.Version;
import java.util.List;
import java.util.stream.Stream;

/// What an adoption copies, as it is shown before and as it is done.
///
/// @param product the product
/// @param version the release that the installation was recognised as
/// @param directory the installation
/// @param config what becomes the home's configuration
/// @param data what becomes the home's data
/// @param removedConfig shipped configuration files that are not there and stay away
/// @param program program files that are not as shipped
/// @param namingItself configuration files that name `directory`
public record AdoptionPlan(
        String product,
        Version version,
        String directory,
        List<Part> config,
        List<Part> data,
        List<String> removedConfig,
        LocalChanges program,
        List<String> namingItself) {
    public AdoptionPlan {
        config = List.copyOf(config);
        data = List.copyOf(data);
        removedConfig = List.copyOf(removedConfig);
        namingItself = List.copyOf(namingItself);
    }

    static AdoptionPlan of(
            String product,
            Version version,
            ForeignTree tree,
            BundleManifest shipped,
            Layout layout) {
        return new AdoptionPlan(
                product,
                version,
                tree.root().toString(),
                tree.config(layout),
                tree.data(layout),
                tree.removedConfig(layout).stream().sorted().toList(),
                tree.compare(shipped, layout),
                tree.namingItself(layout));
    }

    /// What is copied of configuration and data.
    public long bytes() {
        return Stream.concat(config.stream(), data.stream()).mapToLong(Part::bytes).sum();
    }
}
