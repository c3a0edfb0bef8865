package dev.belay.supervisor.status;

import dev.belay.packaging.durable.DurableFiles;
import dev.belay.supervisor.json.Json;
import dev.belay.supervisor.json.RecordReader;
import dev.belay.versys.version.Version;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// `rejected.json`: the versions that failed on this host, until a person clears them.
public final class RejectedReleases {
    private final Path file;

    private record Content(List<RejectedRelease> rejected) {}

    /// @param file `rejected.json` of the home
    public RejectedReleases(Path file) {
        this.file = file;
    }

    /// All of them, oldest first.
    public List<RejectedRelease> all() {
        try {
            return RecordReader.file(
                            file,
                            Content.class,
                            "Restore it from a backup of the home, or remove it: then releases that"
                                    + " failed here are offered again.")
                    .rejected();
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Adds one; an entry of the same version is replaced. Durable when it returns.
    public void add(RejectedRelease release) {
        List<RejectedRelease> entries = without(release.version());
        entries.add(release);
        write(entries);
    }

    /// Removes one, so that it is offered again.
    ///
    /// @return whether there was one
    public boolean clear(Version version) {
        List<RejectedRelease> rest = without(version);
        boolean found = rest.size() < all().size();
        if (found) {
            write(rest);
        }
        return found;
    }

    private List<RejectedRelease> without(Version version) {
        List<RejectedRelease> rest = new ArrayList<>(all());
        rest.removeIf(r -> r.version().equals(version));
        return rest;
    }

    private void write(List<RejectedRelease> entries) {
        try {
            DurableFiles.write(file, Json.bytes(new Content(entries)), DurableFiles.PRIVATE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
