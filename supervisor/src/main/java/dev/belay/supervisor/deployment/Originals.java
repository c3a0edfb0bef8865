package dev.belay.supervisor.deployment;

import dev.belay.packaging.bundle.BundleFile;
import dev.belay.packaging.bundle.BundleManifest;
import dev.belay.packaging.bundle.FileClass;
import dev.belay.packaging.digest.Digest;
import dev.belay.packaging.durable.DurableFiles;
import dev.belay.versys.release.Layout;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// Second copies of the program files that people edit although they are no declared configuration:
/// executable scripts, XML, properties and the like. A release keeps them as they were shipped,
/// because a merge needs the base that an edit in place destroys.
final class Originals {
    private static final long LIMIT = 256 * 1024;
    private static final Pattern EDITED =
            Pattern.compile(".*\\.(xml|properties|conf|cfg|ini|ya?ml|toml)");
    private static final byte[] SCRIPT = "#!".getBytes(StandardCharsets.US_ASCII);

    private Originals() {}

    /// Makes those of a release that is being staged, durably.
    static void keep(Deployment staged) throws IOException {
        Path originals = directory(staged.directory());
        Layout layout = staged.descriptor().layout();
        for (BundleFile file : staged.shipped().ofClass(FileClass.PROGRAM)) {
            if (file instanceof BundleFile.RegularFile regular
                    && regular.size() <= LIMIT
                    && !file.path().isWithin(BundleManifest.METADATA)
                    && !layout.isScratch(file.path().value())
                    && (edited(regular) || regular.executable())) {
                keep(staged.directory().resolve(file.path().value()), originals, regular);
            }
        }
        if (Files.isDirectory(originals)) {
            DurableFiles.syncTree(originals);
        }
    }

    private static void keep(Path place, Path originals, BundleFile.RegularFile file)
            throws IOException {
        byte[] content = Files.readAllBytes(place);
        String name = file.path().value();
        if (edited(file) || script(content)) {
            Path original = originals.resolve(name);
            DurableFiles.createDirectories(
                    DurableFiles.parentOf(original), DurableFiles.READABLE_DIRECTORY);
            DurableFiles.createInTree(original, DurableFiles.READABLE, out -> out.write(content));
        }
    }

    private static boolean edited(BundleFile.RegularFile file) {
        return EDITED.matcher(file.path().value().toLowerCase(Locale.ROOT)).matches();
    }

    private static boolean script(byte[] content) {
        return content.length > SCRIPT.length && content[0] == SCRIPT[0] && content[1] == SCRIPT[1];
    }

    /// What a release shipped there; empty if there is no copy, or it is not that.
    static Optional<byte[]> read(Deployment release, BundleFile.RegularFile shipped) {
        Path original = directory(release.directory()).resolve(shipped.path().value());
        try {
            if (!Files.isRegularFile(original, LinkOption.NOFOLLOW_LINKS)) {
                return Optional.empty();
            }
            byte[] content = Files.readAllBytes(original);
            return Optional.of(content).filter(c -> Digest.sha256(c).equals(shipped.sha256()));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + original, e);
        }
    }

    private static Path directory(Path release) {
        return release.resolve(".release/originals");
    }
}
