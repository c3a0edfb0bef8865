package dev.belay.supervisor.transaction;

import dev.belay.supervisor.deployment.ConfigFiles;
import dev.belay.supervisor.deployment.Deployment;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/// What the config merges of a whole chain will decide: each hop merges what the one before it
/// would have left. Nothing is written.
final class ConfigPreview {
    private final ConfigMerge merge;
    private final ConfigFiles live;
    private final Map<String, Optional<byte[]>> changed = new HashMap<>();

    ConfigPreview(ConfigMerge merge, ConfigFiles live) {
        this.merge = merge;
        this.live = live;
    }

    /// The next hop of the chain.
    List<HopPlan.ConfigChange> hop(Deployment from, Deployment to) {
        List<ConfigMerge.Change> changes =
                merge.changes(
                        to.descriptor().layout(),
                        ConfigFiles.below(from.defaults()),
                        new Changed(),
                        ConfigFiles.below(to.defaults()));
        changes.forEach(c -> changed.put(c.path(), c.content()));
        return changes.stream()
                .map(c -> new HopPlan.ConfigChange(c.path(), c.decisions(), c.conflicts()))
                .toList();
    }

    private final class Changed implements ConfigFiles {
        @Override
        public SortedSet<String> paths() {
            SortedSet<String> paths = new TreeSet<>(live.paths());
            changed.forEach((path, content) -> {
                if (content.isPresent()) {
                    paths.add(path);
                } else {
                    paths.remove(path);
                }
            });
            return paths;
        }

        @Override
        public Optional<byte[]> read(String path) {
            Optional<byte[]> content = changed.get(path);
            return content == null ? live.read(path) : content;
        }
    }
}
