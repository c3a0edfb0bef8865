package dev.belay.supervisor.deployment;

import dev.belay.packaging.durable.DurableFiles;
import dev.belay.versys.version.Version;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// Removes what is no longer needed for any way back. Its own late step, never part of a hop.
///
/// Deletes only below `releases`, `.supervisor/aside` and `.supervisor/cache`: places whose content
/// the supervisor itself made. Links are removed, never followed.
public final class Retention {
    private final Home home;

    public Retention(Home home) {
        this.home = home;
    }

    /// Removes releases other than these and the current one.
    public void keepReleases(Set<Version> kept) {
        for (Path release : entries(home.releases())) {
            String name = release.getFileName().toString();
            boolean keep =
                    kept.stream().anyMatch(v -> v.text().equals(name))
                            || home.installed().filter(v -> v.text().equals(name)).isPresent();
            if (!keep) {
                delete(release);
            }
        }
    }

    /// Removes what runs other than these set aside.
    ///
    /// @param transactions ids of the runs whose trees stay
    /// @param needed trees of a hop that stay in any case
    public void keepAside(Set<String> transactions, Predicate<Path> needed) {
        for (Path run : entries(home.aside())) {
            boolean keep =
                    transactions.contains(run.getFileName().toString())
                            || entries(run).stream()
                                    .flatMap(hop -> entries(hop).stream())
                                    .anyMatch(needed);
            if (!keep) {
                delete(run);
            }
        }
    }

    /// Removes downloaded bundles.
    public void emptyCache() {
        entries(home.cache()).forEach(Retention::delete);
    }

    private static List<Path> entries(Path directory) {
        if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list " + directory, e);
        }
    }

    private static void delete(Path path) {
        try {
            DurableFiles.deleteWhole(path);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot remove " + path, e);
        }
    }
}
