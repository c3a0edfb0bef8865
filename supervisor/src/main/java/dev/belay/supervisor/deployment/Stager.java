package dev.belay.supervisor.deployment;

import dev.belay.packaging.bundle.BundleReader;
import dev.belay.packaging.digest.Digest;
import dev.belay.packaging.durable.DurableFiles;
import dev.belay.packaging.failure.UntrustedException;
import dev.belay.versys.version.Version;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.LongConsumer;
import java.util.stream.Stream;

/// Turns verified bundles into deployments. What lies in `releases/<version>` is whole: it is made
/// in a directory of another name and renamed when everything in it is durable.
public final class Stager {
    private static final String UNFINISHED = ".staging-";
    private final Home home;

    public Stager(Home home) {
        this.home = home;
    }

    /// Unpacks a bundle. A release that is there already is taken as it is.
    ///
    /// @param bundle the downloaded file
    /// @param digest what was signed; compared with the very bytes that are unpacked
    /// @param progress hears of the bytes written so far
    /// @throws UntrustedException if the bundle is not what was signed, or describes another
    ///   release
    public Deployment stage(
            String product, Version version, Path bundle, Digest digest, LongConsumer progress) {
        if (home.has(version)) {
            return Deployment.open(home, version);
        }
        Path unfinished = home.releases().resolve(UNFINISHED + version);
        try {
            DurableFiles.deleteTree(unfinished);
            DurableFiles.createDirectories(unfinished, DurableFiles.PRIVATE_DIRECTORY);
            BundleReader.unpack(bundle, digest, unfinished, (_, done, _) -> progress.accept(done));
            Deployment staged = Deployment.open(version, unfinished);
            refuseOther(staged, product, version);
            Originals.keep(staged);
            new StagedTree(unfinished).arrange(staged.descriptor().layout());
            Files.setPosixFilePermissions(unfinished, DurableFiles.READABLE_DIRECTORY);
            DurableFiles.syncDirectory(unfinished);
            DurableFiles.move(unfinished, home.release(version));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot unpack " + version, e);
        }
        return Deployment.open(home, version);
    }

    /// Removes what interrupted attempts left.
    public void clear() {
        try (Stream<Path> entries = Files.list(home.releases())) {
            for (Path entry : entries.toList()) {
                if (entry.getFileName().toString().startsWith(UNFINISHED)) {
                    DurableFiles.deleteTree(entry);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot clear the staging area", e);
        }
    }

    private static void refuseOther(Deployment staged, String product, Version version) {
        if (!staged.descriptor().product().equals(product)
                || !staged.descriptor().version().equals(version)) {
            throw new UntrustedException(
                    "bundle-mismatch",
                    "The bundle offered as "
                            + product
                            + " "
                            + version
                            + " says that it is "
                            + staged.descriptor().product()
                            + " "
                            + staged.descriptor().version()
                            + ". Nothing was changed.",
                    "Tell the vendor of this repository.");
        }
    }
}
