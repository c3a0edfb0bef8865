package dev.belay.packaging.durable;

import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What may be left of a tree when the machine stops in the middle of a run. Pure.
///
/// The file system is taken to promise what POSIX and every journalling file system do, and no
/// more: a forced file has its content and attributes, though its name may be missing; a forced
/// directory has its names; a rename happens as a whole or not at all. What was not forced may have
/// reached the disk or not, in any order, and of a file any part: old, empty, torn, or with zeros.
///
/// @param start what was there before, all of it durable
/// @param changes what was done to it, in order
public record DiskModel(DiskTree start, List<DiskChange> changes) {
    private static final DiskTree.RegularFile EMPTY =
            new DiskTree.RegularFile(new byte[0], 0600, FileTime.fromMillis(0));

    public DiskModel {
        changes = List.copyOf(changes);
    }

    /// The same, cut off after so many changes.
    public DiskModel upTo(int count) {
        return new DiskModel(start, changes.subList(0, count));
    }

    /// The same run, and what another one did to the tree it left.
    public DiskModel then(List<DiskChange> more) {
        List<DiskChange> all = new ArrayList<>(changes);
        all.addAll(more);
        return new DiskModel(start, all);
    }

    /// The process was killed: everything survived.
    public DiskTree everything() {
        return new Replay(this).tree(_ -> true, file -> file.versions.getLast());
    }

    /// The power went, and only what was forced is there.
    public DiskTree forced() {
        return new Replay(this).tree(change -> change.durable, Node::durable);
    }

    /// The power went, and chance decided about what was not forced.
    public DiskTree reordered(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Replay replay = new Replay(this);
        return replay.tree(
                random.nextBoolean()
                        ? replay.inOrderPerDirectory(random)
                        : change -> change.durable || random.nextBoolean(),
                file -> anyOf(file, random));
    }

    private static DiskTree.RegularFile anyOf(Node file, SplittableRandom random) {
        int last = file.versions.size() - 1;
        int kept = file.forced + random.nextInt(last - file.forced + 1);
        DiskTree.RegularFile old = kept < 0 ? EMPTY : file.versions.get(kept);
        return kept < last && random.nextInt(3) == 0
                ? torn(old, file.versions.get(kept + 1), random)
                : old;
    }

    /// A part of the new bytes; what follows is old, missing or zeros. What was only appended to is
    /// not touched by that.
    private static DiskTree.RegularFile torn(
            DiskTree.RegularFile old, DiskTree.RegularFile now, SplittableRandom random) {
        byte[] bytes = now.bytes();
        byte[] before = old.bytes();
        int equal = Arrays.mismatch(before, bytes);
        int kept = equal == before.length ? equal : 0;
        int cut = kept + random.nextInt(bytes.length - kept + 1);
        return switch (random.nextInt(3)) {
            case 0 -> now.with(Arrays.copyOf(bytes, cut));
            case 1 -> now.with(Arrays.copyOf(Arrays.copyOf(bytes, cut), bytes.length));
            default -> {
                byte[] mixed = Arrays.copyOf(before, Math.max(cut, before.length));
                System.arraycopy(bytes, 0, mixed, 0, cut);
                yield now.with(mixed);
            }
        };
    }

    private interface Survives {
        boolean test(NameChange change);
    }

    private interface Left {
        DiskTree.RegularFile of(Node file);
    }

    /// Something that names lead to.
    private static final class Node {
        private DiskTree.Entry entry;
        private final List<DiskTree.RegularFile> versions = new ArrayList<>();
        private int forced = -1;

        Node(DiskTree.Entry entry) {
            this.entry = entry;
            if (entry instanceof DiskTree.RegularFile file) {
                versions.add(file);
            }
        }

        void force() {
            forced = versions.size() - 1;
        }

        DiskTree.RegularFile durable() {
            return forced < 0 ? EMPTY : versions.get(forced);
        }
    }

    /// A name in a directory.
    private record Place(Node directory, String name) {}

    /// A node that gets, changes or loses its name.
    private static final class NameChange {
        private final Node node;
        private final @Nullable Place from;
        private final @Nullable Place to;
        private boolean durable;

        NameChange(Node node, @Nullable Place from, @Nullable Place to) {
            this.node = node;
            this.from = from;
            this.to = to;
        }

        boolean in(Node directory) {
            return (from != null && from.directory() == directory)
                    || (to != null && to.directory() == directory);
        }
    }

    /// Which names lead where. Every node but the root has at most one.
    private static final class Names {
        private final Map<Node, SortedMap<String, Node>> below = new IdentityHashMap<>();
        private final Map<Node, Place> places = new IdentityHashMap<>();

        void put(Node node, Place place) {
            drop(node);
            Node replaced = in(place.directory()).put(place.name(), node);
            if (replaced != null) {
                places.remove(replaced);
            }
            places.put(node, place);
        }

        void drop(Node node) {
            Place place = places.remove(node);
            if (place != null) {
                in(place.directory()).remove(place.name());
            }
        }

        SortedMap<String, Node> in(Node directory) {
            return below.computeIfAbsent(directory, _ -> new TreeMap<>());
        }
    }

    /// Goes through the changes once, to know which node each is about and what was forced.
    private static final class Replay {
        private final Node root = new Node(new DiskTree.Directory(0755, FileTime.fromMillis(0)));
        private final Names names = new Names();
        private final Names before = new Names();
        private final List<NameChange> renamings = new ArrayList<>();

        Replay(DiskModel model) {
            model.start
                    .entries()
                    .forEach((path, entry) -> {
                        Node node = new Node(entry);
                        node.force();
                        Place place = place(path);
                        names.put(node, place);
                        before.put(node, place);
                    });
            model.changes.forEach(this::apply);
        }

        private void apply(DiskChange change) {
            switch (change) {
                case DiskChange.Made(String path, DiskTree.Entry entry) -> {
                    Node node = new Node(entry);
                    rename(node, null, place(path));
                }
                case DiskChange.Written(String path, DiskTree.RegularFile now) ->
                        node(path).versions.add(now);
                case DiskChange.Touched(String path, DiskTree.Directory now) ->
                        node(path).entry = now;
                case DiskChange.Renamed(String path, String to) ->
                        rename(node(path), place(path), place(to));
                case DiskChange.Removed(String path) -> rename(node(path), place(path), null);
                case DiskChange.Forced(String path) -> node(path).force();
                case DiskChange.DirectoryForced(String path) -> {
                    Node directory = node(path);
                    renamings.stream()
                            .filter(renaming -> renaming.in(directory))
                            .forEach(renaming -> renaming.durable = true);
                }
            }
        }

        private void rename(Node node, @Nullable Place from, @Nullable Place to) {
            NameChange change = new NameChange(node, from, to);
            apply(change, names);
            renamings.add(change);
        }

        private static void apply(NameChange change, Names names) {
            if (change.to == null) {
                names.drop(change.node);
            } else {
                names.put(change.node, change.to);
            }
        }

        private Place place(String path) {
            int slash = path.lastIndexOf('/');
            return new Place(
                    slash < 0 ? root : node(path.substring(0, slash)), path.substring(slash + 1));
        }

        private Node node(String path) {
            Node at = root;
            if (!path.isEmpty()) {
                for (String name : path.split("/")) {
                    at = names.in(at).get(name);
                    if (at == null) {
                        throw new IllegalArgumentException("nothing is at " + path);
                    }
                }
            }
            return at;
        }

        /// Each directory has its own changes up to some moment.
        Survives inOrderPerDirectory(SplittableRandom random) {
            Map<Node, Integer> moments = new IdentityHashMap<>();
            return change ->
                    change.durable
                            || (reached(change, change.from, moments, random)
                                    && reached(change, change.to, moments, random));
        }

        private boolean reached(
                NameChange change,
                @Nullable Place place,
                Map<Node, Integer> moments,
                SplittableRandom random) {
            return place == null
                    || renamings.indexOf(change)
                            < moments.computeIfAbsent(
                                    place.directory(), _ -> random.nextInt(renamings.size() + 1));
        }

        DiskTree tree(Survives survives, Left left) {
            for (NameChange change : renamings) {
                if (survives.test(change)) {
                    apply(change, before);
                }
            }
            SortedMap<String, DiskTree.Entry> entries = new TreeMap<>();
            collect(root, "", left, entries, new HashMap<>(), new HashSet<>());
            return new DiskTree(entries);
        }

        private void collect(
                Node directory,
                String prefix,
                Left left,
                SortedMap<String, DiskTree.Entry> entries,
                Map<Node, DiskTree.RegularFile> chosen,
                Set<Node> entered) {
            before.in(directory)
                    .forEach((name, node) -> {
                        if (node.entry instanceof DiskTree.RegularFile) {
                            entries.put(prefix + name, chosen.computeIfAbsent(node, left::of));
                        } else {
                            entries.put(prefix + name, node.entry);
                            if (node.entry instanceof DiskTree.Directory && entered.add(node)) {
                                collect(node, prefix + name + "/", left, entries, chosen, entered);
                            }
                        }
                    });
        }
    }
}
