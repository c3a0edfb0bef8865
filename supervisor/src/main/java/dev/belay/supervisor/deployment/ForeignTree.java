package dev.belay.supervisor.deployment;

import dev.belay.packaging.bundle.BundleManifest;
import dev.belay.packaging.digest.Digest;
import dev.belay.packaging.digest.Digests;
import dev.belay.packaging.durable.DurableFiles;
import dev.belay.packaging.failure.RefusedException;
import dev.belay.versys.release.Layout;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// An installation that no supervisor has made. It is only read.
public final class ForeignTree {
    private static final long SEARCHED = 1 << 20;
    private final Path root;
    private final Map<Path, Digest> digests = new HashMap<>();

    /// @param root absolute, without links
    private ForeignTree(Path root) {
        this.root = root;
    }

    /// What a home gets of it.
    ///
    /// @param path where it lies, in the installation as in the home's `config` or `data`
    /// @param bytes in regular files
    /// @param files entries of all kinds
    public record Part(String path, long bytes, long files) {}

    /// @param home where it is going to be copied to
    /// @throws RefusedException `adopt-not-a-directory`, `adopt-managed`
    public static ForeignTree open(Path directory, Home home) {
        Path root;
        boolean within;
        try {
            root = directory.toRealPath();
            within = real(home.root()).startsWith(root);
        } catch (IOException e) {
            throw notADirectory(directory);
        }
        if (!Files.isDirectory(root)) {
            throw notADirectory(directory);
        }
        if (Home.around(root).isPresent()
                || Files.exists(root.resolve(".supervisor"), LinkOption.NOFOLLOW_LINKS)
                || within) {
            throw new RefusedException(
                    "adopt-managed",
                    within
                            ? "The home " + home.root() + " would lie in what is adopted."
                            : root
                                    + " belongs to the home of a supervisor already."
                                    + " Nothing was changed.",
                    "Name a directory that was installed by hand, and a home outside of it.");
        }
        return new ForeignTree(root);
    }

    /// Of a path that may not be there yet.
    private static Path real(Path path) throws IOException {
        return Files.exists(path) ? path.toRealPath() : real(DurableFiles.parentOf(path));
    }

    private static RefusedException notADirectory(Path directory) {
        return new RefusedException(
                "adopt-not-a-directory",
                directory + " is no directory that can be read. Nothing was changed.",
                "Name the directory that the product was unpacked to.");
    }

    /// Where it lies.
    public Path root() {
        return root;
    }

    /// How its program files differ from those that a release ships. Each file is read once,
    /// however many releases it is compared with.
    ///
    /// @throws RefusedException `adopt-unreadable`
    public LocalChanges compare(BundleManifest shipped, Layout layout) {
        LocalChanges changes = LocalChanges.ofForeign(root, shipped, layout, this::digest);
        for (String path : changes.missing()) {
            if (Files.exists(root.resolve(path), LinkOption.NOFOLLOW_LINKS)) {
                throw new RefusedException(
                        "adopt-unreadable",
                        root.resolve(path) + " cannot be read. Nothing was changed.",
                        "Run the command as the owner of the installation, or as root.");
            }
        }
        return changes;
    }

    private Digest digest(Path file) throws IOException {
        Digest known = digests.get(file);
        if (known == null) {
            known = Digests.ofFile(file);
            digests.put(file, known);
        }
        return known;
    }

    /// What it has of a release's configuration.
    public List<Part> config(Layout layout) {
        return parts(layout, true);
    }

    /// What it has of a release's data.
    public List<Part> data(Layout layout) {
        return parts(layout, false);
    }

    private List<Part> parts(Layout layout, boolean config) {
        return LinkPlan.of(layout).links().stream()
                .filter(link -> link.config() == config)
                .filter(link -> exists(link.path()))
                .map(link -> {
                    TreeSize size = TreeSize.of(root.resolve(link.path()));
                    return new Part(link.path(), size.bytes(), size.files());
                })
                .toList();
    }

    /// Configuration files of a release that it does not have: the admin has removed them.
    public Set<String> removedConfig(Layout layout) {
        return LinkPlan.of(layout).links().stream()
                .filter(link -> link.config() && !link.directory() && !exists(link.path()))
                .map(LinkPlan.Link::path)
                .collect(Collectors.toSet());
    }

    private boolean exists(String path) {
        return Files.exists(root.resolve(path), LinkOption.NOFOLLOW_LINKS);
    }

    /// Links that would mean something else, or nothing, in the home: absolute ones, and those that
    /// lead out of it.
    public List<String> linksOutside() {
        List<String> outside = new ArrayList<>();
        visit(
                root,
                (file, facts) -> {
                    if (facts.isSymbolicLink()) {
                        Path target = Files.readSymbolicLink(file);
                        Path parent = DurableFiles.parentOf(file);
                        if (target.isAbsolute()
                                || !parent.resolve(target).normalize().startsWith(root)) {
                            outside.add(root.relativize(file) + " -> " + target);
                        }
                    }
                });
        return outside;
    }

    /// Configuration files that name the place of this installation: in the home they still do.
    public List<String> namingItself(Layout layout) {
        List<String> found = new ArrayList<>();
        for (Part part : config(layout)) {
            visit(
                    root.resolve(part.path()),
                    (file, facts) -> {
                        if (facts.isRegularFile()
                                && facts.size() <= SEARCHED
                                && Files.readString(file, StandardCharsets.ISO_8859_1)
                                        .contains(root.toString())) {
                            found.add(root.relativize(file).toString());
                        }
                    });
        }
        return found;
    }

    private interface Visit {
        void at(Path file, BasicFileAttributes facts) throws IOException;
    }

    private static void visit(Path tree, Visit visit) {
        try {
            Files.walkFileTree(
                    tree,
                    new SimpleFileVisitor<>() {
                        @Override
                        public FileVisitResult visitFile(Path file, BasicFileAttributes facts)
                                throws IOException {
                            visit.at(file, facts);
                            return FileVisitResult.CONTINUE;
                        }
                    });
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + tree, e);
        }
    }

    /// Copies configuration and data to a home that nothing was ever started from, in the place of
    /// what an earlier attempt left: this installation may have run in between. The release gets
    /// the program files as they are here.
    public void copyTo(Home home, Deployment release) {
        Layout layout = release.descriptor().layout();
        LocalChanges changes = compare(release.shipped(), layout);
        try {
            DurableFiles.deleteTree(home.config());
            DurableFiles.deleteTree(home.data());
            home.create();
            for (Part part : config(layout)) {
                FirstContent.copy(root.resolve(part.path()), home.config().resolve(part.path()));
            }
            for (Part part : data(layout)) {
                FirstContent.copy(root.resolve(part.path()), home.data().resolve(part.path()));
            }
            for (String path :
                    Stream.concat(changes.own().stream(), changes.missing().stream()).toList()) {
                DurableFiles.deleteTree(release.directory().resolve(path));
            }
            for (String path : changes.own()) {
                FirstContent.copy(root.resolve(path), release.directory().resolve(path));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot copy " + root, e);
        }
    }
}
