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

/// Finds what was changed on this host in a release's program files, by the manifest they came
/// with.
public final class LocalChanges {
    private LocalChanges() {}

    /// Paths of program files that were changed, removed or added, sorted.
    public static List<String> of(Deployment deployment) {
        try (InputStream json = Files.newInputStream(deployment.manifest())) {
            return compare(deployment, BundleManifest.read(json));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + deployment.manifest(), e);
        }
    }

    private static List<String> compare(Deployment deployment, BundleManifest manifest)
            throws IOException {
        Map<String, BundleFile> shipped = new HashMap<>();
        for (BundleFile file : manifest.ofClass(FileClass.PROGRAM)) {
            shipped.put(file.path().toString(), file);
        }
        TreeSet<String> changed = new TreeSet<>();
        shipped.forEach((path, file) -> {
            if (!matches(file, deployment.directory().resolve(path))) {
                changed.add(path);
            }
        });
        changed.addAll(added(deployment, shipped));
        return List.copyOf(changed);
    }

    private static boolean matches(BundleFile shipped, Path file) {
        try {
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
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
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
