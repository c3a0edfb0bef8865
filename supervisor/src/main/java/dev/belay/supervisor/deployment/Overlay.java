package dev.belay.supervisor.deployment;

import dev.belay.packaging.bundle.BundleFile;
import dev.belay.packaging.digest.Digests;
import dev.belay.packaging.durable.DurableFiles;
import dev.belay.supervisor.merge.ConfigFormat;
import dev.belay.supervisor.merge.ConfigMergers;
import dev.belay.supervisor.merge.MergeInput;
import dev.belay.supervisor.merge.MergeResult;
import dev.belay.supervisor.merge.UnmergeableConfigException;
import dev.belay.versys.release.Layout;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// What this host changed in the program files of a release, on its way to the next one. What the
/// vendor left as it was is the admin's, and taken over: a patched script, a driver that was added.
/// Where both changed it they are merged if that is possible without a doubt; else the vendor's
/// file is in place, and the admin's is saved.
///
/// @param kept paths that the next release gets as they are here
/// @param merged what the next release gets where both changed it, by path
/// @param saved paths that go to `local-changes/<version>` of the home instead
public record Overlay(List<String> kept, SortedMap<String, byte[]> merged, List<String> saved) {
    public Overlay {
        kept = List.copyOf(kept);
        merged = Collections.unmodifiableSortedMap(new TreeMap<>(merged));
        saved = List.copyOf(saved);
    }

    /// @param local what was changed in the release that is left
    public static Overlay of(LocalChanges local, Deployment from, Deployment to) {
        Map<String, BundleFile> before = byPath(from);
        Map<String, BundleFile> after = byPath(to);
        List<String> kept = new ArrayList<>();
        SortedMap<String, byte[]> merged = new TreeMap<>();
        List<String> saved = new ArrayList<>();
        for (String path : local.own()) {
            BundleFile ours = before.get(path);
            BundleFile theirs = after.get(path);
            Layout layout = to.descriptor().layout();
            if (free(path, ours, theirs, after, layout)) {
                kept.add(path);
            } else if (!same(from.directory().resolve(path), theirs)) {
                Optional<byte[]> both =
                        program(path, layout) ? merged(from, ours, to, theirs) : Optional.empty();
                both.ifPresentOrElse(content -> merged.put(path, content), () -> saved.add(path));
            }
        }
        return new Overlay(kept, merged, saved);
    }

    /// Both sides in one; empty where that is not possible, or not without a doubt.
    private static Optional<byte[]> merged(
            Deployment from,
            @Nullable BundleFile ours,
            Deployment to,
            @Nullable BundleFile theirs) {
        if (!(ours instanceof BundleFile.RegularFile base)
                || !(theirs instanceof BundleFile.RegularFile incoming)) {
            return Optional.empty();
        }
        String path = base.path().value();
        Path mine = from.directory().resolve(path);
        Optional<byte[]> shipped = Originals.read(from, base);
        Optional<byte[]> next = Originals.read(to, incoming);
        if (shipped.isEmpty()
                || next.isEmpty()
                || !Files.isRegularFile(mine, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.empty();
        }
        ConfigFormat format = ConfigMergers.format(to.descriptor().layout(), path);
        try {
            MergeResult result =
                    ConfigMergers.merger(format)
                            .merge(
                                    new MergeInput(
                                            path,
                                            format,
                                            shipped,
                                            Optional.of(Files.readAllBytes(mine)),
                                            next));
            return result.conflicts().isEmpty() ? result.content() : Optional.empty();
        } catch (UnmergeableConfigException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + mine, e);
        }
    }

    private static boolean program(String path, Layout layout) {
        return layout.configOf(path).isEmpty() && !layout.isData(path) && !layout.isScratch(path);
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
        return program(path, layout)
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
            takeBack(from, to);
            for (String path : kept) {
                FirstContent.copy(from.directory().resolve(path), to.directory().resolve(path));
            }
            for (Map.Entry<String, byte[]> file : merged.entrySet()) {
                DurableFiles.write(
                        to.directory().resolve(file.getKey()),
                        file.getValue(),
                        Files.getPosixFilePermissions(from.directory().resolve(file.getKey())));
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

    /// Has the next release be as shipped where an attempt before this one had changed it and this
    /// one will not. Known by its name is what is changed, before it is.
    private void takeBack(Deployment from, Deployment to) throws IOException {
        AppliedOverlay.tidyUp(to);
        SortedSet<String> now = new TreeSet<>(kept);
        now.addAll(merged.keySet());
        SortedSet<String> earlier = new TreeSet<>(AppliedOverlay.read(to).paths());
        if (earlier.isEmpty() && now.isEmpty()) {
            return;
        }
        SortedSet<String> all = new TreeSet<>(earlier);
        all.addAll(now);
        new AppliedOverlay(List.copyOf(all)).write(to);
        for (String path : all) { // what a killed attempt left beside them
            Path place = to.directory().resolve(path);
            DurableFiles.deleteTree(FirstContent.unfinished(place));
            DurableFiles.removeUnfinished(DurableFiles.parentOf(place), Instant.MAX);
        }
        Map<String, BundleFile> before = byPath(from);
        Map<String, BundleFile> shipped = byPath(to);
        earlier.removeAll(now);
        for (String path : earlier) {
            Path place = to.directory().resolve(path);
            BundleFile theirs = shipped.get(path);
            if (theirs == null) {
                DurableFiles.deleteTree(place);
            } else if (theirs.equals(before.get(path))
                    && same(from.directory().resolve(path), theirs)) {
                FirstContent.copy(from.directory().resolve(path), place);
            } else if (theirs instanceof BundleFile.RegularFile file) {
                Optional<byte[]> original = Originals.read(to, file);
                if (original.isPresent()) {
                    DurableFiles.write(
                            place,
                            original.get(),
                            file.executable()
                                    ? DurableFiles.READABLE_DIRECTORY // 755
                                    : DurableFiles.READABLE);
                }
            }
        }
        new AppliedOverlay(List.copyOf(now)).write(to);
    }

    /// In words, to be added to a sentence; empty if nothing was changed.
    public String words(Home home, Deployment from) {
        return (kept.isEmpty() ? "" : "; " + kept.size() + " local change(s) of the program kept")
                + (merged.isEmpty()
                        ? ""
                        : "; merged with what the vendor changed there: "
                                + String.join(", ", merged.keySet()))
                + (saved.isEmpty()
                        ? ""
                        : "; changed here and by the vendor, yours saved in "
                                + home.localChanges(from.version())
                                + ": "
                                + String.join(", ", saved));
    }
}
