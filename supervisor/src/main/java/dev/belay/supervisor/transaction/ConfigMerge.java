package dev.belay.supervisor.transaction;

import dev.belay.supervisor.deployment.ConfigFiles;
import dev.belay.supervisor.merge.ConfigMerger;
import dev.belay.supervisor.merge.ConfigMergers;
import dev.belay.supervisor.merge.MergeInput;
import dev.belay.supervisor.merge.MergeResult;
import dev.belay.versys.release.Layout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/// Decides file by file what becomes of the configuration in a hop. Pure: reads three sides, writes
/// nothing; the preview of a plan and the hop itself use the same code.
final class ConfigMerge {
    private final ConfigMerger merger;

    /// What becomes of one file.
    ///
    /// @param content its new content; empty to remove it
    /// @param beside the vendor's version, to be saved beside it because of conflicts
    record Change(
            String path,
            Optional<byte[]> content,
            Optional<byte[]> beside,
            List<String> decisions,
            List<String> conflicts) {}

    ConfigMerge(ConfigMerger merger) {
        this.merger = merger;
    }

    /// @param layout of the new release, for the formats
    /// @param base shipped defaults of the installed release
    /// @param local the live configuration
    /// @param incoming shipped defaults of the new release
    /// @return the files that change, sorted by path
    /// @throws dev.belay.supervisor.merge.UnmergeableConfigException if a side cannot be parsed
    List<Change> changes(Layout layout, ConfigFiles base, ConfigFiles local, ConfigFiles incoming) {
        SortedSet<String> paths = new TreeSet<>(base.paths());
        paths.addAll(incoming.paths());
        List<Change> changes = new ArrayList<>();
        for (String path : paths) {
            change(layout, path, base.read(path), local.read(path), incoming.read(path))
                    .ifPresent(changes::add);
        }
        return changes;
    }

    private Optional<Change> change(
            Layout layout,
            String path,
            Optional<byte[]> base,
            Optional<byte[]> local,
            Optional<byte[]> incoming) {
        if (same(base, incoming) || same(local, incoming)) {
            return Optional.empty();
        }
        if (local.isEmpty()) {
            return base.isPresent()
                    ? Optional.empty() // removed here on purpose: stays removed
                    : Optional.of(plain(path, incoming, HopPlan.ConfigChange.ADDED));
        }
        if (same(local, base)) {
            return Optional.of(
                    plain(
                            path,
                            incoming,
                            incoming.isPresent()
                                    ? HopPlan.ConfigChange.TAKEN
                                    : HopPlan.ConfigChange.REMOVED));
        }
        if (incoming.isEmpty()) {
            return Optional.empty(); // changed here and no longer shipped: stays
        }
        if (binary(local.get()) || binary(incoming.get())) {
            return Optional.of(
                    new Change(
                            path,
                            local,
                            incoming,
                            List.of("changed on both sides and no text: yours stays"),
                            List.of("the whole file")));
        }
        return merged(
                merger.merge(
                        new MergeInput(
                                path, ConfigMergers.format(layout, path), base, local, incoming)),
                path,
                local,
                incoming);
    }

    private static Optional<Change> merged(
            MergeResult result, String path, Optional<byte[]> local, Optional<byte[]> incoming) {
        List<String> decisions =
                result.decisions().stream().map(d -> d.location() + ": " + d.words()).toList();
        List<String> conflicts = result.conflicts().stream().map(ConfigMerge::words).toList();
        if (same(result.content(), local) && conflicts.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                new Change(
                        path,
                        result.content(),
                        conflicts.isEmpty() ? Optional.empty() : incoming,
                        decisions,
                        conflicts));
    }

    private static String words(MergeResult.Conflict conflict) {
        return conflict.location()
                + ": yours is "
                + conflict.local().orElse("nothing")
                + ", the new default is "
                + conflict.incoming().orElse("nothing")
                + "; yours stays";
    }

    private static Change plain(String path, Optional<byte[]> content, String words) {
        return new Change(path, content, Optional.empty(), List.of(words), List.of());
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
