package dev.belay.packaging.durable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Keeps what is done to a directory from now until [#close]. Renames and forces are known from
/// their announcement; everything else is found by looking at the tree before each act, so that
/// what is written without an announcement (by hooks, for example) is seen as well, as unforced.
public final class RecordingDisk implements AutoCloseable {
    private final Path root;
    private final List<DiskChange> changes = new ArrayList<>();
    private final Map<String, Seen> seen = new HashMap<>();
    private SortedMap<String, DiskTree.Entry> now = new TreeMap<>();
    private final DiskTree start;
    private final DiskWatch watch;
    private @Nullable DiskAct pending;

    /// What tells that a file was not touched since the last look.
    private record Seen(Object key, FileTime changed, DiskTree.RegularFile file) {}

    public RecordingDisk(Path root) throws IOException {
        this.root = root;
        look();
        changes.clear();
        start = new DiskTree(now);
        watch = DiskWatch.on(root, this::before);
    }

    /// What was done until now.
    public synchronized DiskModel model() {
        settle();
        return new DiskModel(start, changes);
    }

    /// Looks for what was changed without an announcement; each look is a moment at which the
    /// machine may stop.
    public synchronized void settle() {
        try {
            if (pending != null) {
                happened(pending);
                pending = null;
            }
            look();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private synchronized void before(DiskAct act) {
        settle();
        pending = act;
    }

    private void happened(DiskAct act) {
        switch (act) {
            case DiskAct.Rename(Path from, Path to) when !exists(from) && exists(to) ->
                    renamed(relative(from), relative(to));
            case DiskAct.Force(Path file) when now.containsKey(relative(file)) ->
                    changes.add(new DiskChange.Forced(relative(file)));
            case DiskAct.ForceDirectory(Path directory)
                    when directory.equals(root) || now.containsKey(relative(directory)) ->
                    changes.add(new DiskChange.DirectoryForced(relative(directory)));
            default -> {} // shows in the tree
        }
    }

    private static boolean exists(Path path) {
        return Files.exists(path, LinkOption.NOFOLLOW_LINKS);
    }

    private void renamed(String from, String to) {
        changes.add(new DiskChange.Renamed(from, to));
        SortedMap<String, DiskTree.Entry> names = new TreeMap<>();
        Map<String, Seen> files = new HashMap<>();
        now.forEach((path, entry) -> {
            if (!path.equals(to)) {
                names.put(moved(path, from, to), entry);
            }
        });
        names.put(to, now.get(from));
        seen.forEach((path, file) -> {
            if (!path.equals(to)) {
                files.put(moved(path, from, to), file);
            }
        });
        now = names;
        seen.clear();
        seen.putAll(files);
    }

    private static String moved(String path, String from, String to) {
        return path.equals(from) || path.startsWith(from + "/")
                ? to + path.substring(from.length())
                : path;
    }

    private String relative(Path path) {
        return root.relativize(path).toString();
    }

    private void look() throws IOException {
        SortedMap<String, DiskTree.Entry> found = new TreeMap<>();
        Files.walkFileTree(
                root,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult preVisitDirectory(Path path, BasicFileAttributes facts)
                            throws IOException {
                        if (!path.equals(root)) {
                            found.put(
                                    relative(path),
                                    new DiskTree.Directory(mode(path), facts.lastModifiedTime()));
                        }
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFile(Path path, BasicFileAttributes facts)
                            throws IOException {
                        found.put(
                                relative(path),
                                facts.isSymbolicLink()
                                        ? new DiskTree.Link(
                                                Files.readSymbolicLink(path).toString(),
                                                facts.lastModifiedTime())
                                        : file(path, facts));
                        return FileVisitResult.CONTINUE;
                    }
                });
        compare(found);
        now = found;
    }

    private DiskTree.RegularFile file(Path path, BasicFileAttributes facts) throws IOException {
        Object key = facts.fileKey();
        FileTime changed =
                (FileTime) Files.getAttribute(path, "unix:ctime", LinkOption.NOFOLLOW_LINKS);
        Seen before = seen.get(relative(path));
        if (before != null
                && before.key().equals(key)
                && before.changed().equals(changed)
                && before.file().length() == facts.size()) {
            return before.file();
        }
        DiskTree.RegularFile file =
                new DiskTree.RegularFile(
                        Files.readAllBytes(path), mode(path), facts.lastModifiedTime());
        if (before != null && before.file().looksLike(file)) {
            file = before.file(); // it got another name
        }
        seen.put(relative(path), new Seen(key, changed, file));
        return file;
    }

    private static int mode(Path path) throws IOException {
        return (Integer) Files.getAttribute(path, "unix:mode", LinkOption.NOFOLLOW_LINKS) & 07777;
    }

    private void compare(SortedMap<String, DiskTree.Entry> found) {
        for (String path : new ArrayList<>(now.keySet()).reversed()) {
            if (!found.containsKey(path)
                    || found.get(path).getClass() != now.get(path).getClass()
                    || otherLink(now.get(path), found.get(path))) {
                changes.add(new DiskChange.Removed(path));
                now.remove(path);
            }
        }
        found.forEach((path, entry) -> {
            DiskTree.Entry before = now.get(path);
            if (before == null) {
                made(path, entry);
            } else if (before != entry && entry instanceof DiskTree.RegularFile file) {
                changes.add(new DiskChange.Written(path, file));
            } else if (!before.equals(entry) && entry instanceof DiskTree.Directory directory) {
                changes.add(new DiskChange.Touched(path, directory));
            }
        });
    }

    private static boolean otherLink(DiskTree.Entry before, DiskTree.Entry after) {
        return before instanceof DiskTree.Link && !before.equals(after);
    }

    /// A file is there before anything is in it.
    private void made(String path, DiskTree.Entry entry) {
        if (entry instanceof DiskTree.RegularFile file && file.length() > 0) {
            changes.add(new DiskChange.Made(path, file.with(new byte[0])));
            changes.add(new DiskChange.Written(path, file));
        } else {
            changes.add(new DiskChange.Made(path, entry));
        }
    }

    @Override
    public void close() {
        watch.close();
    }
}
