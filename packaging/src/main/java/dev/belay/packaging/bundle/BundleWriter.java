package dev.belay.packaging.bundle;

import dev.belay.packaging.archive.HostileArchiveException;
import dev.belay.packaging.archive.TarGzWriter;
import dev.belay.packaging.bundle.BundleFile.Directory;
import dev.belay.packaging.bundle.BundleFile.RegularFile;
import dev.belay.packaging.bundle.BundleFile.Symlink;
import dev.belay.packaging.digest.Digest;
import dev.belay.packaging.digest.DigestingInputStream;
import dev.belay.packaging.durable.DurableFiles;
import dev.belay.packaging.failure.RefusedException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Packs a tree into a bundle. The bytes depend on names, contents, links, executable bits,
/// release.yaml, notes and classes, and on nothing else: not on times, owners, the umask or the
/// order in which a file system lists its files.
///
/// The tree is read twice, first for the manifest, then for the archive; nothing of it is held in
/// memory and nothing is copied.
public final class BundleWriter {
    private final Path tree;
    private final byte[] releaseYaml;
    private final Optional<byte[]> notes;
    private final FileClassifier classifier;

    /// @param tree what becomes the top of the bundle; must not have a `.release` of its own
    /// @param releaseYaml the bytes of release.yaml
    /// @param notes release notes in Markdown, in UTF-8
    public BundleWriter(
            Path tree, byte[] releaseYaml, Optional<byte[]> notes, FileClassifier classifier) {
        this.tree = tree;
        this.releaseYaml = releaseYaml.clone();
        this.notes = notes.map(byte[]::clone);
        this.classifier = classifier;
    }

    /// Writes the bundle durably and reads it back; a file that was there before is replaced only
    /// when all is well.
    ///
    /// @param bundle outside of the tree
    /// @throws RefusedException of kind `tree-not-packable` if the tree has something that no
    ///   bundle may have, or changed meanwhile; nothing was written
    public PackedBundle writeTo(Path bundle) throws IOException {
        if (bundle.toAbsolutePath().normalize().startsWith(tree.toAbsolutePath().normalize())) {
            throw PackingRules.notPackable("the bundle would be written into the tree itself");
        }
        BundleManifest manifest = manifest();
        Path unverified = bundle.resolveSibling(bundle.getFileName() + ".unverified");
        try {
            DurableFiles.write(unverified, DurableFiles.READABLE, sink -> write(manifest, sink));
            Digest digest = BundleReader.verify(unverified);
            DurableFiles.move(unverified, bundle);
            return new PackedBundle(bundle, Files.size(bundle), digest, manifest);
        } catch (HostileArchiveException e) {
            throw PackingRules.notPackable(e.reason());
        } finally {
            DurableFiles.delete(unverified);
        }
    }

    private BundleManifest manifest() throws IOException {
        List<BundleFile> files = new ArrayList<>();
        files.add(metadata(BundleManifest.RELEASE, releaseYaml));
        notes.ifPresent(text -> files.add(metadata(BundleManifest.NOTES, text)));
        files.addAll(new TreeScan(tree, classifier).scan());
        return BundleManifest.of(files);
    }

    private static RegularFile metadata(BundlePath path, byte[] bytes) {
        return new RegularFile(path, FileClass.PROGRAM, false, bytes.length, Digest.sha256(bytes));
    }

    private void write(BundleManifest manifest, OutputStream sink) throws IOException {
        try (TarGzWriter archive = new TarGzWriter(sink)) {
            byte[] json = manifest.toJson();
            archive.file(
                    BundleManifest.MANIFEST.value(),
                    false,
                    json.length,
                    new ByteArrayInputStream(json));
            for (BundleFile file : manifest.files()) {
                String path = file.path().value();
                switch (file) {
                    case RegularFile regular -> content(archive, regular);
                    case Directory _ -> archive.directory(path);
                    case Symlink symlink -> archive.symlink(path, symlink.target());
                }
            }
        }
    }

    private void content(TarGzWriter archive, RegularFile file) throws IOException {
        try (DigestingInputStream source =
                new DigestingInputStream(open(file.path()), Digest.Algorithm.SHA256)) {
            archive.file(file.path().value(), file.executable(), file.size(), source);
            if (!source.digest(Digest.Algorithm.SHA256).equals(file.sha256())) {
                throw PackingRules.notPackable(file.path() + " changed while it was packed");
            }
        }
    }

    private InputStream open(BundlePath path) throws IOException {
        if (path.equals(BundleManifest.RELEASE)) {
            return new ByteArrayInputStream(releaseYaml);
        }
        if (path.equals(BundleManifest.NOTES)) {
            return new ByteArrayInputStream(notes.orElseThrow());
        }
        return Files.newInputStream(path.in(tree), LinkOption.NOFOLLOW_LINKS);
    }
}
