package dev.belay.supervisor.merge;

import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;

/// Configuration files with some of them changed; nothing is written.
///
/// @param changed new content by path, empty for a file that is removed
record MergedFiles(ConfigFiles before, SortedMap<String, Optional<byte[]>> changed)
        implements ConfigFiles {
    @Override
    public SortedSet<String> paths() {
        SortedSet<String> paths = new TreeSet<>(before.paths());
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
        return content == null ? before.read(path) : content;
    }
}
