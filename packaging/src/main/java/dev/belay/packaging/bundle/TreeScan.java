package dev.belay.packaging.bundle;

import dev.belay.packaging.archive.EntryNames;
import dev.belay.packaging.archive.LinkTargets;
import dev.belay.packaging.bundle.BundleFile.Directory;
import dev.belay.packaging.bundle.BundleFile.RegularFile;
import dev.belay.packaging.bundle.BundleFile.Symlink;
import dev.belay.packaging.digest.Digest;
import dev.belay.packaging.digest.DigestingInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Finds everything in a tree, in the order of the manifest, and digests the files.
final class TreeScan extends SimpleFileVisitor<Path> {
    private final Path tree;
    private final FileClassifier classifier;
    private final List<BundleFile> found = new ArrayList<>();

    /// @param tree a directory, or a symlink to one
    TreeScan(Path tree, FileClassifier classifier) throws IOException {
        if (!Files.isDirectory(tree)) {
            throw PackingRules.notPackable("the tree " + tree + " is not a directory");
        }
        this.tree = tree.toRealPath();
        this.classifier = classifier;
    }

    /// @throws dev.belay.packaging.failure.RefusedException if something in the tree cannot be in a
    ///   bundle
    List<BundleFile> scan() throws IOException {
        Files.walkFileTree(tree, this);
        found.sort(Comparator.comparing(BundleFile::path));
        return found;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
        if (!directory.equals(tree)) {
            BundlePath path = path(directory);
            found.add(new Directory(path, classifier.classify(path)));
        }
        return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
        BundlePath path = path(file);
        if (attributes.isSymbolicLink()) {
            found.add(symlink(file, path));
        } else if (attributes.isRegularFile()) {
            found.add(regular(file, path));
        } else {
            throw PackingRules.notPackable(path + " is neither a file, a directory nor a symlink");
        }
        return FileVisitResult.CONTINUE;
    }

    private Symlink symlink(Path file, BundlePath path) throws IOException {
        String target = Files.readSymbolicLink(file).toString();
        LinkTargets.problem(path.value(), target)
                .ifPresent(problem -> {
                    throw PackingRules.notPackable(problem);
                });
        return new Symlink(path, classifier.classify(path), target);
    }

    private RegularFile regular(Path file, BundlePath path) throws IOException {
        boolean executable =
                Files.getPosixFilePermissions(file, LinkOption.NOFOLLOW_LINKS)
                        .contains(PosixFilePermission.OWNER_EXECUTE);
        try (DigestingInputStream source =
                new DigestingInputStream(open(file), Digest.Algorithm.SHA256)) {
            source.transferTo(OutputStream.nullOutputStream());
            return new RegularFile(
                    path,
                    classifier.classify(path),
                    executable,
                    source.count(),
                    source.digest(Digest.Algorithm.SHA256));
        }
    }

    private static InputStream open(Path file) throws IOException {
        return Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS);
    }

    private BundlePath path(Path file) {
        String relative = tree.relativize(file).toString();
        EntryNames.problem(relative)
                .ifPresent(problem -> {
                    throw PackingRules.notPackable(problem);
                });
        BundlePath path = BundlePath.of(relative);
        if (path.isWithin(BundleManifest.METADATA)) {
            throw PackingRules.notPackable(
                    "the tree has a " + BundleManifest.METADATA + ", which belongs to the bundle");
        }
        return path;
    }
}
