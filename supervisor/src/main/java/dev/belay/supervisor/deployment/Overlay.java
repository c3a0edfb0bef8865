package dev.belay.supervisor.deployment;

import dev.belay.packaging.bundle.BundleFile;
import dev.belay.packaging.digest.Digests;
import dev.belay.packaging.durable.DurableFiles;
import dev.belay.versys.release.Layout;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What this host changed in the program files of a release, on its way to the next one. What the
/// vendor left as it was is the admin's, and taken over: a patched script, a driver that was added.
/// Where both changed it the vendor's file is in place, and the admin's is saved.
///
/// @param kept paths that the next release gets as they are here
/// @param saved paths that go to `local-changes/<version>` of the home instead
public record Overlay(List<String> kept, List<String> saved) {
    public Overlay {
        kept = List.copyOf(kept);
        saved = List.copyOf(saved);
    }

    /// Reads all program files of the release that is left.
    public static Overlay of(Deployment from, Deployment to) {
        Map<String, BundleFile> before = byPath(from);
        Map<String, BundleFile> after = byPath(to);
        List<String> kept = new ArrayList<>();
        List<String> saved = new ArrayList<>();
        for (String path : LocalChanges.of(from).own()) {
            BundleFile theirs = after.get(path);
            if (free(path, before.get(path), theirs, after, to.descriptor().layout())) {
                kept.add(path);
            } else if (!same(from.directory().resolve(path), theirs)) {
                saved.add(path);
            }
        }
        return new Overlay(kept, saved);
    }

    private static Map<String, BundleFile> byPath(Deployment release) {
        Map<String, BundleFile> files = new HashMap<>();
        release.shipped().files().forEach(file -> files.put(file.path().value(), file));
        return files;
    }

    /// Whether the vendor did nothing at that place, and it is still one of the program.
    private static boolean free(
            String path,
            @Nullable BundleFile before,
            @Nullable BundleFile after,
            Map<String, BundleFile> all,
            Layout layout) {
        boolean program =
                layout.configOf(path).isEmpty() && !layout.isData(path) && !layout.isScratch(path);
        return program
                && !(after instanceof BundleFile.Directory)
                && (before == null ? after == null && roomFor(path, all) : before.equals(after));
    }

    private static boolean roomFor(String path, Map<String, BundleFile> all) {
        for (int end = path.lastIndexOf('/'); end > 0; end = path.lastIndexOf('/', end - 1)) {
            BundleFile above = all.get(path.substring(0, end));
            if (above != null && !(above instanceof BundleFile.Directory)) {
                return false;
            }
        }
        return true;
    }

    private static boolean same(Path mine, @Nullable BundleFile theirs) {
        try {
            return theirs instanceof BundleFile.RegularFile file
                    && Files.isRegularFile(mine, LinkOption.NOFOLLOW_LINKS)
                    && Digests.ofFile(mine).equals(file.sha256());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + mine, e);
        }
    }

    /// Copies both kinds durably; may be repeated. The release that is left stays as it is, and the
    /// next one is not in use yet.
    public void apply(Home home, Deployment from, Deployment to) {
        try {
            for (String path : kept) {
                FirstContent.copy(from.directory().resolve(path), to.directory().resolve(path));
            }
            for (String path : saved) {
                Path place = home.localChanges(from.version()).resolve(path);
                DurableFiles.deleteTree(place);
                FirstContent.copy(from.directory().resolve(path), place);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot keep local changes of " + from.version(), e);
        }
    }

    /// In words, to be added to a sentence; empty if nothing was changed.
    public String words(Home home, Deployment from) {
        return (kept.isEmpty() ? "" : "; " + kept.size() + " local change(s) of the program kept")
                + (saved.isEmpty()
                        ? ""
                        : "; changed here and by the vendor, yours saved in "
                                + home.localChanges(from.version())
                                + ": "
                                + String.join(", ", saved));
    }
}
