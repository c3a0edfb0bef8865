package dev.belay.supervisor.merge;

import dev.belay.packaging.digest.Digest;
import dev.belay.versys.release.ReleaseDescriptor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// Decides file by file what becomes of the configuration in a hop.
public final class ConfigMerge {
    private ConfigMerge() {}

    /// What becomes of one file.
    ///
    /// @param content its new content; empty to remove it
    /// @param beside the vendor's version, to be saved beside it because of conflicts
    private record Change(
            Optional<byte[]> content,
            Optional<byte[]> beside,
            List<String> decisions,
            List<String> conflicts) {}

    /// @param to the new release: its layout says the formats
    /// @param base shipped defaults of the installed release
    /// @param local the live configuration
    /// @param incoming shipped defaults of the new release
    /// @throws UnmergeableConfigException if a side cannot be parsed
    public static MergedConfig merge(
            ReleaseDescriptor to, ConfigFiles base, ConfigFiles local, ConfigFiles incoming) {
        SortedSet<String> paths = new TreeSet<>(base.paths());
        paths.addAll(incoming.paths());
        SortedMap<String, Optional<Digest>> merged = new TreeMap<>();
        List<ConfigChange> changes = new ArrayList<>();
        SortedMap<String, Optional<byte[]>> files = new TreeMap<>();
        for (String path : paths) {
            Optional<byte[]> here = local.read(path);
            merged.put(path, here.map(Digest::sha256));
            change(to, path, base.read(path), here, incoming.read(path))
                    .ifPresent(change -> {
                        changes.add(new ConfigChange(path, change.decisions(), change.conflicts()));
                        files.put(path, change.content());
                        change.beside()
                                .ifPresent(theirs ->
                                        files.put(
                                                path + ".new-" + to.version(),
                                                Optional.of(theirs)));
                    });
        }
        return new MergedConfig(merged, changes, files);
    }

    private static Optional<Change> change(
            ReleaseDescriptor to,
            String path,
            Optional<byte[]> base,
            Optional<byte[]> local,
            Optional<byte[]> incoming) {
        if (local.isEmpty()) {
            return base.isPresent() || incoming.isEmpty()
                    ? Optional.empty() // removed here on purpose: stays removed
                    : Optional.of(plain(incoming, ConfigChange.ADDED));
        }
        if (same(local, incoming)) {
            return Optional.empty();
        }
        if (same(local, base)) {
            return Optional.of(
                    plain(
                            incoming,
                            incoming.isPresent() ? ConfigChange.TAKEN : ConfigChange.REMOVED));
        }
        if (incoming.isEmpty()) {
            return Optional.empty(); // changed here and no longer shipped: stays
        }
        if (binary(local.get()) || binary(incoming.get())) {
            return same(base, incoming)
                    ? Optional.empty()
                    : Optional.of(
                            new Change(
                                    local,
                                    incoming,
                                    List.of("changed on both sides and no text: yours stays"),
                                    List.of("the whole file")));
        }
        return merged(to, path, base, local, incoming);
    }

    /// The vendor's declared migrations come first, on both sides alike.
    private static Optional<Change> merged(
            ReleaseDescriptor to,
            String path,
            Optional<byte[]> base,
            Optional<byte[]> local,
            Optional<byte[]> incoming) {
        ConfigFormat format = ConfigMergers.format(to.layout(), path);
        Optional<byte[]> from = base.map(content -> migrated(to, path, format, content));
        Optional<byte[]> mine = local.map(content -> migrated(to, path, format, content));
        List<String> decisions = new ArrayList<>();
        List<String> conflicts = List.of();
        Optional<byte[]> content = mine;
        if (!same(mine, local)) {
            decisions.add(ConfigChange.MIGRATED);
        }
        if (!same(from, incoming) && !same(mine, incoming)) {
            MergeResult result =
                    ConfigMergers.merger(format)
                            .merge(new MergeInput(path, format, from, mine, incoming));
            result.decisions().forEach(d -> decisions.add(d.location() + ": " + d.words()));
            conflicts = result.conflicts().stream().map(ConfigMerge::words).toList();
            content = result.content();
        }
        return same(content, local) && conflicts.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new Change(
                                content,
                                conflicts.isEmpty() ? Optional.empty() : incoming,
                                decisions,
                                conflicts));
    }

    private static byte[] migrated(
            ReleaseDescriptor to, String path, ConfigFormat format, byte[] content) {
        return ConfigMigrations.apply(path, format, content, to.configMigrations());
    }

    private static String words(MergeResult.Conflict conflict) {
        return conflict.location()
                + ": yours is "
                + conflict.local().orElse("nothing")
                + ", the new default is "
                + conflict.incoming().orElse("nothing")
                + "; yours stays";
    }

    private static Change plain(Optional<byte[]> content, String words) {
        return new Change(content, Optional.empty(), List.of(words), List.of());
    }

    private static boolean binary(byte[] content) {
        for (byte octet : content) {
            if (octet == 0) {
                return true;
            }
        }
        return false;
    }

    private static boolean same(Optional<byte[]> one, Optional<byte[]> other) {
        return one.isPresent() == other.isPresent()
                && (one.isEmpty() || Arrays.equals(one.get(), other.get()));
    }
}
