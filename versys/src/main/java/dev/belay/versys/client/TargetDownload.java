package dev.belay.versys.client;

import dev.belay.packaging.digest.Digest;
import dev.belay.packaging.digest.LengthExceededException;
import dev.belay.packaging.digest.LimitedInputStream;
import dev.belay.packaging.durable.DurableFiles;
import dev.belay.packaging.failure.BelayException;
import dev.belay.packaging.failure.UntrustedException;
import dev.belay.versys.client.TargetSource.Target;
import dev.belay.versys.client.TargetSource.TransferListener;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/// Brings one target to its file: streamed into a part file, resumed by range, digested on the way,
/// and given its name only when every signed digest matches.
final class TargetDownload {
    private static final int BUFFER = 128 * 1024;

    private final Transfers transfers;
    private final String address;
    private final Target target;
    private final Path file;
    private final Path part;
    private final TransferListener listener;

    TargetDownload(
            Transfers transfers,
            String address,
            Target target,
            Path file,
            TransferListener listener) {
        this.transfers = transfers;
        this.address = address;
        this.target = target;
        this.file = file;
        this.listener = listener;
        this.part = file.resolveSibling("." + partName(target) + ".part");
    }

    /// Removes the parts of earlier runs in a directory, for callers that do not resume and exclude
    /// each other.
    static void removeParts(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                if (file.getFileName().toString().matches("\\.[0-9a-f]{32}\\.part")) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }

    /// The name says which bytes are in it, so that parts of two targets or two versions of one
    /// never mix.
    private static String partName(Target target) {
        String identity = target.path() + '\n' + target.digests();
        return Digest.sha256(identity.getBytes(StandardCharsets.UTF_8)).hex().substring(0, 32);
    }

    /// @throws UntrustedException `target-mismatch` if what arrived is not what was signed
    /// @throws BelayException `network-unreachable`, `target-missing`, `web-page-answered`,
    ///   `disk-write-failed`
    void run() {
        try {
            fetch();
        } catch (BelayException failure) {
            if (!holdsWebPage()) {
                throw failure;
            }
            discardPart();
            throw WebPage.insteadOf(address);
        }
    }

    private void fetch() {
        try {
            if (isComplete(file)) {
                listener.transferred(target.length(), target.length());
                return;
            }
            boolean resumed = Files.exists(part) && Files.size(part) > 0;
            boolean right = transfers.run(address, this::fetchInto);
            if (!right && resumed) {
                // what an earlier run left may have rotted; once from the start settles it
                Files.deleteIfExists(part);
                right = transfers.run(address, this::fetchInto);
            }
            if (!right) {
                BelayException what =
                        holdsWebPage()
                                ? WebPage.insteadOf(address)
                                : mismatch("does not have the signed digest");
                Files.deleteIfExists(part);
                throw what;
            }
            DurableFiles.syncFile(part);
            DurableFiles.move(part, file);
        } catch (IOException e) {
            throw new BelayException(
                    "disk-write-failed",
                    "Cannot write " + file + ": " + e.getMessage() + ".",
                    "Check space and permissions there, then try again; nothing else was changed.",
                    e);
        }
    }

    /// Only asked when it failed: what was signed may be a page.
    private boolean holdsWebPage() {
        if (!Files.exists(part)) {
            return false;
        }
        try (InputStream begin = Files.newInputStream(part)) {
            return WebPage.is(begin.readNBytes(WebPage.BEGINNING));
        } catch (IOException e) {
            return false;
        }
    }

    /// Removes what an interrupted run left, for callers that do not resume.
    void discardPart() {
        try {
            Files.deleteIfExists(part);
        } catch (IOException e) {
            throw FileMetadataStore.unusable(part, e);
        }
    }

    private boolean isComplete(Path candidate) throws IOException {
        if (!Files.isRegularFile(candidate) || Files.size(candidate) != target.length()) {
            return false;
        }
        Digesters digesters = new Digesters(target.digests());
        digesters.updateFrom(candidate);
        return digesters.match();
    }

    /// @return whether all signed digests match
    private boolean fetchInto(Fetcher fetcher) throws IOException {
        long have = Files.exists(part) ? Files.size(part) : 0;
        if (have > target.length()) {
            Files.delete(part);
            have = 0;
        }
        Digesters digesters = new Digesters(target.digests());
        if (have == target.length() && have > 0) {
            digesters.updateFrom(part);
            return digesters.match();
        }
        try {
            Fetcher.Arriving opened =
                    fetcher.open(address, have, target.length())
                            .orElseThrow(() -> TufClient.missing(target, address));
            long done = opened.start();
            try (InputStream body = new LimitedInputStream(opened.body(), target.length() - done)) {
                if (done > 0) {
                    digesters.updateFrom(part);
                }
                copy(body, done, digesters);
            }
        } catch (LengthExceededException e) {
            throw mismatch("is longer than the signed " + target.length() + " bytes");
        }
        return Files.size(part) == target.length() && digesters.match();
    }

    private void copy(InputStream body, long start, Digesters digesters) throws IOException {
        StandardOpenOption mode =
                start > 0 ? StandardOpenOption.APPEND : StandardOpenOption.TRUNCATE_EXISTING;
        try (OutputStream out =
                Files.newOutputStream(
                        part, StandardOpenOption.CREATE, StandardOpenOption.WRITE, mode)) {
            byte[] buffer = new byte[BUFFER];
            long done = start;
            for (int read = body.read(buffer); read >= 0; read = body.read(buffer)) {
                out.write(buffer, 0, read);
                digesters.update(buffer, read);
                done += read;
                listener.transferred(done, target.length());
            }
            if (done < target.length()) {
                throw new IOException("ended after " + done + " of " + target.length() + " bytes");
            }
        }
    }

    private UntrustedException mismatch(String what) {
        return new UntrustedException(
                "target-mismatch",
                "What arrived as " + target.path() + " from " + address + " " + what + ".",
                "It was deleted and nothing was changed. Try again; if it stays, tell the vendor.");
    }

    /// All signed digests of one target at once.
    private static final class Digesters {
        private final List<Digest> wanted;
        private final List<MessageDigest> running = new ArrayList<>();

        Digesters(List<Digest> wanted) {
            this.wanted = wanted;
            wanted.forEach(digest -> running.add(digest.algorithm().newDigest()));
        }

        void update(byte[] buffer, int length) {
            running.forEach(digest -> digest.update(buffer, 0, length));
        }

        void updateFrom(Path file) throws IOException {
            byte[] buffer = new byte[BUFFER];
            try (InputStream in = Files.newInputStream(file)) {
                for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                    update(buffer, read);
                }
            }
        }

        boolean match() {
            for (int i = 0; i < wanted.size(); i++) {
                String actual = HexFormat.of().formatHex(running.get(i).digest());
                if (!wanted.get(i).hex().equals(actual)) {
                    return false;
                }
            }
            return true;
        }
    }
}
