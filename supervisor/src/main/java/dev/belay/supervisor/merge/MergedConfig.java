package dev.belay.supervisor.merge;

import dev.belay.packaging.digest.Digest;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// The configuration of the next release, as a value: made while the product runs, put in place
/// when it is stopped.
///
/// @param local digests of the local files that had a say in it; empty for one that is not there
/// @param changes the files that change, in words, sorted by path
/// @param files new content by path, empty to remove the file; of a file with conflicts also what
///   the vendor ships, beside it
public record MergedConfig(
        SortedMap<String, Optional<Digest>> local,
        List<ConfigChange> changes,
        SortedMap<String, Optional<byte[]>> files) {
    public MergedConfig {
        local = Collections.unmodifiableSortedMap(new TreeMap<>(local));
        changes = List.copyOf(changes);
        files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
    }

    /// The local files that are no longer what was merged.
    public List<String> outdated(ConfigFiles now) {
        return local.entrySet().stream()
                .filter(file -> !now.digest(file.getKey()).equals(file.getValue()))
                .map(Map.Entry::getKey)
                .toList();
    }

    /// How many places have a person to decide.
    public int conflicts() {
        return changes.stream().mapToInt(change -> change.conflicts().size()).sum();
    }

    /// The configuration as it will be, if `before` is what was merged.
    public ConfigFiles over(ConfigFiles before) {
        return new MergedFiles(before, files);
    }
}
