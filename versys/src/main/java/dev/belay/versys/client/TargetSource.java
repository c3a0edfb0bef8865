package dev.belay.versys.client;

import dev.belay.packaging.digest.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// A verified view of a vendor's repository: whatever comes out of it was signed by the right roles
/// and is what they signed.
///
/// One instance serves one run. `refresh` comes first; the other methods throw
/// [IllegalStateException] before it.
public interface TargetSource {
    /// What signed metadata says of one target. `digests` holds one or more, all to be checked.
    record Target(String path, long length, List<Digest> digests) {}

    /// Hears of bytes arriving. Called from the calling thread, often.
    @FunctionalInterface
    interface TransferListener {
        /// @param done bytes of this target so far, including a resumed part
        /// @param total the signed length in bytes
        void transferred(long done, long total);
    }

    /// Takes what it wants of bytes that arrive; the rest is not fetched.
    @FunctionalInterface
    interface Look<T> {
        T at(InputStream bytes) throws IOException;
    }

    /// Runs the TUF client workflow (TUF 1.0 §5) and keeps what it verified.
    ///
    /// @throws dev.belay.packaging.failure.UntrustedException if metadata does not verify or is
    ///   expired
    /// @throws dev.belay.packaging.failure.BelayException if the network fails
    ///   (`network-unreachable`)
    void refresh();

    /// The target of that path, if a trusted role signs it. Paths use `/` and are relative, for
    /// example `shop/channels/stable.json`.
    Optional<Target> find(String path);

    /// Reads a small target into memory.
    ///
    /// @param maxBytes refuse a longer one before fetching
    byte[] read(Target target, long maxBytes);

    /// Looks at the beginning of a target without fetching all of it. **Nothing of it is
    /// verified**, so it is good for one thing: to guess which target is wanted, and to download
    /// that one.
    <T> T peek(Target target, Look<T> look);

    /// Brings a target to `file`, resuming an earlier attempt, verified before it gets that name. A
    /// file that is already there and verifies is left alone.
    void download(Target target, Path file, TransferListener listener);
}
