package dev.belay.supervisor.deployment;

import dev.belay.packaging.durable.CopiedEntry;
import dev.belay.packaging.durable.CopyFilter;
import dev.belay.packaging.durable.CopyVisitor;
import dev.belay.packaging.durable.DurableFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;

/// The copies of `config` and `data` that the next release gets to work on, while the originals are
/// set aside untouched.
public final class WorkingCopies {
    private final Home home;
    private final Path root;

    /// @param root where they are made: a directory with `config` and `data`
    public WorkingCopies(Home home, Path root) {
        this.home = home;
        this.root = root;
    }

    /// Makes them anew, whatever an interrupted attempt left there.
    ///
    /// @param from the current release
    /// @param to the next one
    /// @param config what the merge decided: new content by path, empty to remove the file
    /// @param progress hears of the bytes copied so far
    public void make(
            Deployment from,
            Deployment to,
            Map<String, Optional<byte[]>> config,
            LongConsumer progress) {
        try {
            DurableFiles.deleteTree(root);
            DurableFiles.createDirectories(root, DurableFiles.PRIVATE_DIRECTORY);
            Counting counting = new Counting(progress);
            DurableFiles.copyTree(home.config(), root.resolve("config"), CopyFilter.ALL, counting);
            DurableFiles.copyTree(home.data(), root.resolve("data"), CopyFilter.ALL, counting);
            takeReplacedLinks(from);
            for (Map.Entry<String, Optional<byte[]>> file : config.entrySet()) {
                write(file.getKey(), file.getValue(), to.defaults().resolve(file.getKey()));
            }
            FirstContent.complete(to, root.resolve("config"), root.resolve("data"), removed(from));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot copy config and data", e);
        }
    }

    /// Configuration files that the current release has and the admin does not.
    private Set<String> removed(Deployment from) {
        return LinkPlan.of(from.descriptor().layout()).links().stream()
                .filter(link -> link.config() && !link.directory())
                .map(LinkPlan.Link::path)
                .filter(path ->
                        Files.exists(from.defaults().resolve(path), LinkOption.NOFOLLOW_LINKS)
                                && !Files.exists(
                                        root.resolve("config").resolve(path),
                                        LinkOption.NOFOLLOW_LINKS))
                .collect(Collectors.toSet());
    }

    private void takeReplacedLinks(Deployment from) throws IOException {
        for (String path : ReplacedLinks.of(from)) {
            Path plain = from.directory().resolve(path);
            write(path, Optional.of(Files.readAllBytes(plain)), plain);
        }
    }

    /// Keeps mode and owner of the file that is replaced; a new one gets those of `model`.
    private void write(String path, Optional<byte[]> content, Path model) throws IOException {
        Path file = root.resolve("config").resolve(path);
        if (content.isEmpty()) {
            DurableFiles.delete(file);
            return;
        }
        Path like = Files.exists(file, LinkOption.NOFOLLOW_LINKS) ? file : model;
        Set<PosixFilePermission> permissions =
                Files.exists(like) ? Files.getPosixFilePermissions(like) : DurableFiles.READABLE;
        Object owner = Files.exists(like) ? Files.getAttribute(like, "unix:uid") : 0;
        Object group = Files.exists(like) ? Files.getAttribute(like, "unix:gid") : 0;
        createParent(file);
        DurableFiles.write(file, content.get(), permissions);
        if (!Files.getAttribute(file, "unix:uid").equals(owner) && Files.exists(like)) {
            Files.setAttribute(file, "unix:uid", owner);
            Files.setAttribute(file, "unix:gid", group);
            DurableFiles.syncFile(file);
        }
    }

    private static void createParent(Path file) throws IOException {
        Path parent = file.getParent();
        if (parent != null) {
            DurableFiles.createDirectories(parent, DurableFiles.READABLE_DIRECTORY);
        }
    }

    private static final class Counting implements CopyVisitor {
        private final LongConsumer progress;
        private long sum;

        Counting(LongConsumer progress) {
            this.progress = progress;
        }

        @Override
        public void copied(CopiedEntry entry) {
            // only the bytes are of interest
        }

        @Override
        public void progress(long bytes) {
            sum += bytes;
            progress.accept(sum);
        }
    }
}
