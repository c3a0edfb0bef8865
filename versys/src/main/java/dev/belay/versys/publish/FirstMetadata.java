package dev.belay.versys.publish;

import dev.belay.packaging.durable.DurableFiles;
import dev.belay.versys.metadata.RootMetadata;
import dev.belay.versys.metadata.SignedFile;
import dev.belay.versys.metadata.TufKey;
import dev.belay.versys.signing.Change;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/// The signed files with which a repository begins, kept in the vendor's directory until the first
/// publication says where the repository is to be.
public final class FirstMetadata {
    private final Path vendor;

    /// @param vendor the vendor's directory
    public FirstMetadata(Path vendor) {
        this.vendor = vendor;
    }

    /// Keeps them.
    public void keep(Map<String, byte[]> metadata) {
        try {
            Change.of(metadata, Map.of()).write(file());
        } catch (IOException e) {
            throw VendorSettings.unusable(file(), e);
        }
    }

    /// The files that an earlier attempt signed, if they are of the same roles and online key.
    Optional<Map<String, byte[]>> kept(TufKey online, Set<String> roles) {
        if (!Files.exists(file())) {
            return Optional.empty();
        }
        Change change = Change.read(file());
        Set<String> all = new HashSet<>(roles);
        all.add("root");
        boolean same =
                change.roles().equals(all)
                        && change.files().values().stream()
                                .map(SignedFile::signed)
                                .anyMatch(signed ->
                                        signed instanceof RootMetadata root
                                                && root.signerOf("timestamp")
                                                        .role()
                                                        .keyIds()
                                                        .contains(online.computedId()));
        return same ? Optional.of(change.metadata()) : Optional.empty();
    }

    /// After they were published.
    void forget() {
        try {
            DurableFiles.delete(file());
        } catch (IOException e) {
            throw VendorSettings.unusable(file(), e);
        }
    }

    /// Begins the repository in that directory, unless there is one or the vendor has published
    /// elsewhere. From then on the vendor's settings name the directory. Doing it again after a
    /// crash is harmless.
    ///
    /// @param words told that it was done
    public void beginIn(DirectoryEndpoint endpoint, Path directory, Consumer<String> words) {
        if (!Files.exists(file())) {
            return;
        }
        if (!endpoint.exists()) {
            endpoint.commitRepository(Change.read(file()).metadata());
            words.accept("Began a repository in " + directory + ".");
        }
        try {
            VendorSettings.nameDirectory(vendor, directory.toAbsolutePath().normalize());
            DurableFiles.delete(file());
        } catch (IOException e) {
            throw VendorSettings.unusable(vendor, e);
        }
    }

    private Path file() {
        return vendor.resolve("first.change.json");
    }
}
