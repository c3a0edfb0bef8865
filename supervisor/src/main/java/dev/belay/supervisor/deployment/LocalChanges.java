package dev.belay.supervisor.deployment;

import dev.belay.packaging.bundle.BundleFile;
import dev.belay.packaging.bundle.BundleManifest;
import dev.belay.packaging.bundle.FileClass;
import dev.belay.packaging.digest.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;

/// What was changed on this host in a release's program files, by the manifest they came with.
///
/// @param shipped how many program files the manifest lists
/// @param changed those that have another content than shipped, and those that were added, sorted
/// @param missing those that are not there or cannot be read, sorted
public record LocalChanges(int shipped, List<String> changed, List<String> missing) {
    public LocalChanges {
        changed = List.copyOf(changed);
        missing = List.copyOf(missing);
    }

    /// All paths that are not as shipped, sorted.
    public List<String> all() {
        return Stream.concat(changed.stream(), missing.stream()).sorted().toList();
    }

    /// Reads every shipped program file; scratch is nobody's business.
    public static LocalChanges of(Deployment deployment) {
        try (InputStream json = Files.newInputStream(deployment.manifest())) {
            return compare(deployment, BundleManifest.read(json));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + deployment.manifest(), e);
        }
    }

    private static LocalChanges compare(Deployment deployment, BundleManifest manifest)
            throws IOException {
        Map<String, BundleFile> shipped = new HashMap<>();
        for (BundleFile file : manifest.ofClass(FileClass.PROGRAM)) {
            shipped.put(file.path().toString(), file);
        }
        TreeSet<String> changed = new TreeSet<>();
        TreeSet<String> missing = new TreeSet<>();
        shipped.forEach((path, file) -> {
            Path place = deployment.directory().resolve(path);
            try {
                if (!matches(file, place)) {
                    (Files.exists(place, LinkOption.NOFOLLOW_LINKS) ? changed : missing).add(path);
                }
            } catch (IOException unreadable) {
                missing.add(path);
            }
        });
        changed.addAll(added(deployment, shipped));
        return new LocalChanges(shipped.size(), List.copyOf(changed), List.copyOf(missing));
    }

    private static boolean matches(BundleFile shipped, Path file) throws IOException {
        return switch (shipped) {
            case BundleFile.RegularFile regular ->
                    Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                            && Files.size(file) == regular.size()
                            && digest(file).equals(regular.sha256());
            case BundleFile.Symlink link ->
                    Files.isSymbolicLink(file)
                            && Files.readSymbolicLink(file).toString().equals(link.target());
            case BundleFile.Directory _ -> Files.isDirectory(file);
        };
    }

    private static Digest digest(Path file) throws IOException {
        MessageDigest digest = Digest.Algorithm.SHA256.newDigest();
        try (DigestOutputStream sink =
                new DigestOutputStream(java.io.OutputStream.nullOutputStream(), digest)) {
            Files.copy(file, sink);
        }
        return Digest.of(Digest.Algorithm.SHA256, digest.digest());
    }

    private static List<String> added(Deployment deployment, Map<String, BundleFile> shipped)
            throws IOException {
        Path root = deployment.directory();
        List<String> links =
                LinkPlan.of(deployment.descriptor().layout()).links().stream()
                        .map(LinkPlan.Link::path)
                        .toList();
        TreeSet<String> added = new TreeSet<>();
        Files.walkFileTree(
                root,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult preVisitDirectory(Path dir, BasicFileAttributes facts) {
                        String path = root.relativize(dir).toString();
                        return path.equals(".release")
                                        || deployment.descriptor().layout().isScratch(path)
                                ? FileVisitResult.SKIP_SUBTREE
                                : FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes facts) {
                        String path = root.relativize(file).toString();
                        if (!shipped.containsKey(path)
                                && !links.contains(path)
                                && !deployment.descriptor().layout().isScratch(path)) {
                            added.add(path);
                        }
                        return FileVisitResult.CONTINUE;
                    }
                });
        return List.copyOf(added);
    }
}
