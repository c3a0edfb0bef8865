package dev.belay.supervisor.run;

import dev.belay.packaging.durable.DurableFiles;
import dev.belay.packaging.failure.RefusedException;
import dev.belay.supervisor.deployment.Deployment;
import dev.belay.supervisor.deployment.Home;
import dev.belay.supervisor.deployment.HomeLock;
import dev.belay.supervisor.deployment.Mounts;
import dev.belay.supervisor.json.Json;
import dev.belay.supervisor.json.RecordReader;
import dev.belay.supervisor.offer.HostParts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Takes a product off this host: stops it, and removes of its home what the supervisor put there.
/// Links are removed and never followed; what else somebody put into the home stays.
///
/// What is to stay is written down first, and supervisor.yaml, by which the home is known, goes
/// last: killed anywhere, it is gone on with by doing it again.
public final class Removal {
    private final HostParts parts;
    private final Home home;

    /// What may stay.
    public enum Part {
        /// The live configuration.
        CONFIG,
        /// The product's own files.
        DATA,
        /// All backups.
        BACKUPS
    }

    private record Begun(List<Part> kept) {}

    /// What becomes of a home, absolute.
    ///
    /// @param goes what is removed, in this order
    /// @param stays what is in the home afterwards
    public record Plan(Set<Part> kept, List<Path> goes, List<Path> stays) {
        public Plan {
            kept = Set.copyOf(kept);
            goes = List.copyOf(goes);
            stays = List.copyOf(stays);
        }
    }

    public Removal(HostParts parts) {
        this.parts = parts;
        this.home = parts.home();
    }

    /// @param kept what stays; empty for what an unfinished removal was told, else for everything
    ///   that may
    /// @throws RefusedException `run-interrupted`, `home-has-mounts`
    public Plan plan(Optional<Set<Part>> kept) {
        Unfinished.requireNone(home);
        Mounts.requireNone(home);
        Set<Part> keeps = kept.or(() -> begun(home)).orElse(Set.of(Part.values()));
        List<Path> goes = new ArrayList<>(List.of(home.current(), home.releases()));
        List<Path> stays = new ArrayList<>();
        (keeps.contains(Part.CONFIG) ? stays : goes).add(home.config());
        (keeps.contains(Part.DATA) ? stays : goes).add(home.data());
        boolean backups = keeps.contains(Part.BACKUPS) && !entries(home.backups()).isEmpty();
        if (backups) {
            stays.add(home.backups());
            entries(home.own()).stream()
                    .filter(entry -> !entry.equals(home.backups()) && !entry.equals(home.removal()))
                    .forEach(goes::add);
            goes.add(home.removal());
        } else {
            goes.add(home.own());
        }
        goes.add(home.settings());
        entries(home.root()).stream()
                .filter(entry -> !goes.contains(entry) && !stays.contains(entry))
                .filter(entry -> !entry.equals(home.own()))
                .forEach(stays::add);
        return new Plan(
                keeps,
                goes.stream().filter(Removal::exists).toList(),
                stays.stream().filter(Removal::exists).toList());
    }

    /// Does it.
    public void carryOut(Plan plan) {
        try {
            DurableFiles.createDirectories(home.own(), DurableFiles.PRIVATE_DIRECTORY);
            try (HomeLock _ = HomeLock.take(home, parts.command())) {
                Unfinished.requireNone(home);
                Mounts.requireNone(home);
                if (home.installed().isPresent()) {
                    parts.product(Deployment.installed(home)).stop();
                }
                DurableFiles.write(
                        home.removal(),
                        Json.bytes(new Begun(plan.kept().stream().sorted().toList())),
                        DurableFiles.PRIVATE);
                for (Path path : plan.goes()) {
                    DurableFiles.deleteTree(path);
                }
            }
            if (!plan.kept().contains(Part.BACKUPS) || entries(home.backups()).isEmpty()) {
                DurableFiles.deleteTree(home.own());
            }
            if (entries(home.root()).isEmpty()) {
                DurableFiles.deleteTree(home.root());
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot remove " + home.root(), e);
        }
    }

    /// @throws RefusedException `removal-unfinished`
    public static void requireNone(Home home) {
        begun(home)
                .ifPresent(_ -> {
                    throw new RefusedException(
                            "removal-unfinished",
                            home.root()
                                    + " is being removed, and that was cut off. Nothing was changed.",
                            "Finish it first: supervisor remove --home " + home.root());
                });
    }

    private static Optional<Set<Part>> begun(Home home) {
        try {
            return Optional.of(
                    Set.copyOf(
                            RecordReader.file(
                                            home.removal(),
                                            Begun.class,
                                            "Say again what stays: supervisor remove --keep")
                                    .kept()));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + home.removal(), e);
        }
    }

    private static boolean exists(Path path) {
        return Files.exists(path, LinkOption.NOFOLLOW_LINKS);
    }

    private static List<Path> entries(Path directory) {
        if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list " + directory, e);
        }
    }
}
