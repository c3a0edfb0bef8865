package dev.belay.supervisor.deployment;

import dev.belay.packaging.bundle.BundleFile;
import dev.belay.packaging.bundle.BundleManifest;
import dev.belay.packaging.bundle.FileClass;
import dev.belay.packaging.digest.Digest;
import dev.belay.packaging.digest.Digests;
import dev.belay.versys.release.Layout;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/// What was changed on this host in a release's program files, by the manifest they came with. All
/// paths are relative to the release and sorted.
///
/// @param shipped how many program files the manifest lists
/// @param changed shipped ones that have another content, or are of another kind
/// @param modes shipped ones with that content that became executable, or no longer are
/// @param missing shipped ones that are not there or cannot be read
/// @param added those that were not shipped
public record LocalChanges(
        int shipped,
        List<String> changed,
        List<String> modes,
        List<String> missing,
        List<String> added) {
    public LocalChanges {
        changed = List.copyOf(changed);
        modes = List.copyOf(modes);
        missing = List.copyOf(missing);
        added = List.copyOf(added);
    }

    /// What is there otherwise than shipped, sorted: the admin's, to be kept.
    public List<String> own() {
        return sorted(Stream.of(changed, modes, added));
    }

    /// All paths that are not as shipped, sorted.
    public List<String> all() {
        return sorted(Stream.of(changed, modes, missing, added));
    }

    private static List<String> sorted(Stream<List<String>> paths) {
        return paths.flatMap(List::stream).sorted().toList();
    }

    /// Reads every shipped program file; scratch is nobody's business.
    public static LocalChanges of(Deployment deployment) {
        return of(
                deployment.directory(),
                deployment.shipped().ofClass(FileClass.PROGRAM),
                deployment.descriptor().layout(),
                Digests::ofFile);
    }

    /// As above for a tree that no supervisor has put there: what a bundle has below `.release` is
    /// nobody's business either.
    ///
    /// @param digests may know some already
    static LocalChanges ofForeign(
            Path tree, BundleManifest manifest, Layout layout, DigestSource digests) {
        List<BundleFile> files =
                manifest.ofClass(FileClass.PROGRAM).stream()
                        .filter(file -> !file.path().isWithin(BundleManifest.METADATA))
                        .toList();
        return of(tree, files, layout, digests);
    }

    /// Gives the SHA-256 of a file's content.
    @FunctionalInterface
    interface DigestSource {
        Digest of(Path file) throws IOException;
    }

    private static LocalChanges of(
            Path tree, List<BundleFile> program, Layout layout, DigestSource digests) {
        Map<String, BundleFile> shipped = new TreeMap<>();
        for (BundleFile file : program) {
            if (!layout.isScratch(file.path().value())) {
                shipped.put(file.path().value(), file);
            }
        }
        List<String> changed = new ArrayList<>();
        List<String> modes = new ArrayList<>();
        List<String> missing = new ArrayList<>();
        shipped.forEach((path, file) -> {
            Path place = tree.resolve(path);
            try {
                if (!Files.exists(place, LinkOption.NOFOLLOW_LINKS)) {
                    missing.add(path);
                } else if (!matches(file, place, digests)) {
                    changed.add(path);
                } else if (file instanceof BundleFile.RegularFile regular
                        && regular.executable() != executable(place)) {
                    modes.add(path);
                }
            } catch (IOException unreadable) {
                missing.add(path);
            }
        });
        return new LocalChanges(
                shipped.size(), changed, modes, missing, added(tree, layout, shipped.keySet()));
    }

    private static boolean matches(BundleFile shipped, Path file, DigestSource digests)
            throws IOException {
        return switch (shipped) {
            case BundleFile.RegularFile regular ->
                    Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                            && Files.size(file) == regular.size()
                            && digests.of(file).equals(regular.sha256());
            case BundleFile.Symlink link ->
                    Files.isSymbolicLink(file)
                            && Files.readSymbolicLink(file).toString().equals(link.target());
            case BundleFile.Directory _ -> Files.isDirectory(file);
        };
    }

    /// By its owner, as the bundle's writer asks.
    private static boolean executable(Path file) throws IOException {
        return Files.getPosixFilePermissions(file).contains(PosixFilePermission.OWNER_EXECUTE);
    }

    private static List<String> added(Path tree, Layout layout, Set<String> shipped) {
        Set<String> others = new HashSet<>();
        LinkPlan.of(layout).links().forEach(link -> others.add(link.path()));
        others.add(BundleManifest.METADATA.value());
        List<String> added = new ArrayList<>();
        try {
            Files.walkFileTree(
                    tree,
                    new SimpleFileVisitor<>() {
                        private boolean other(String path) {
                            return others.contains(path) || layout.isScratch(path);
                        }

                        @Override
                        public FileVisitResult preVisitDirectory(
                                Path dir, BasicFileAttributes facts) {
                            return other(tree.relativize(dir).toString())
                                    ? FileVisitResult.SKIP_SUBTREE
                                    : FileVisitResult.CONTINUE;
                        }

                        @Override
                        public FileVisitResult visitFile(Path file, BasicFileAttributes facts) {
                            String path = tree.relativize(file).toString();
                            if (!shipped.contains(path) && !other(path)) {
                                added.add(path);
                            }
                            return FileVisitResult.CONTINUE;
                        }
                    });
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + tree, e);
        }
        return added.stream().sorted().toList();
    }
}
