package dev.belay.supervisor.backup;

import dev.belay.supervisor.settings.Settings;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/// Which backups are beyond the limits of their kind. Pure.
///
/// Never one that is pinned, nor the newest verified one, nor the newest of a kind that has any
/// limit. A damaged one counts for nothing and goes as soon as something better is there, unless a
/// person made it.
final class Pruning {
    private Pruning() {}

    /// @param all oldest first
    static List<Backup> superfluous(
            List<Backup> all, Function<Backup.Kind, Settings.Limits> limits, Instant now) {
        List<Backup> whole =
                all.stream().filter(b -> b.state() != Backup.State.INCOMPLETE).toList();
        Set<Backup> kept = new HashSet<>();
        whole.stream().filter(Backup::pinned).forEach(kept::add);
        whole.reversed().stream()
                .filter(b -> b.state() == Backup.State.VERIFIED)
                .findFirst()
                .ifPresent(kept::add);
        for (Backup.Kind kind : Backup.Kind.values()) {
            kept.addAll(within(kind, whole, limits.apply(kind), now));
        }
        List<Backup> rest = new ArrayList<>(whole);
        rest.removeAll(kept);
        return kept.isEmpty() ? List.of() : rest;
    }

    private static List<Backup> within(
            Backup.Kind kind, List<Backup> whole, Settings.Limits limits, Instant now) {
        List<Backup> kept = new ArrayList<>();
        long bytes = 0;
        int counted = 0;
        for (Backup backup : whole.reversed()) {
            if (backup.kind() != kind) {
                continue;
            }
            boolean damaged = backup.state() == Backup.State.DAMAGED;
            if (damaged && kind != Backup.Kind.ON_REQUEST) {
                continue;
            }
            bytes += backup.bytes();
            counted++;
            if (counted == 1 || limits.allow(counted, backup.at(), bytes, now)) {
                kept.add(backup);
            }
        }
        return kept;
    }
}
