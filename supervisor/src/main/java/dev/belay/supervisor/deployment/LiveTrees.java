package dev.belay.supervisor.deployment;

import dev.belay.packaging.durable.DurableFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;

/// Exchanges the home's `config` and `data` with other trees, by renames only: no byte is copied
/// and no space is needed, forth or back. Both directions may be repeated from any point at which
/// they were cut off.
public final class LiveTrees {
    private static final List<String> TREES = List.of("config", "data");
    private final Path root;

    public LiveTrees(Home home) {
        this.root = home.root();
    }

    /// Moves the live trees to `before` and those in `next` to their place.
    ///
    /// @param before gets the trees in use; empty or not there
    /// @param next holds `config` and `data`
    public void exchange(Path before, Path next) {
        try {
            DurableFiles.createDirectories(before, DurableFiles.PRIVATE_DIRECTORY);
            for (String tree : TREES) {
                if (exists(next.resolve(tree))) {
                    if (!exists(before.resolve(tree))) {
                        DurableFiles.move(root.resolve(tree), before.resolve(tree));
                    }
                    DurableFiles.move(next.resolve(tree), root.resolve(tree));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot set config and data aside", e);
        }
    }

    /// Undoes [#exchange], whatever part of it happened.
    ///
    /// @param before where the trees were moved to
    /// @param failed gets what stood in their place
    public void putBack(Path before, Path failed) {
        try {
            for (String tree : TREES) {
                if (exists(before.resolve(tree))) {
                    if (exists(root.resolve(tree))) {
                        DurableFiles.createDirectories(failed, DurableFiles.PRIVATE_DIRECTORY);
                        DurableFiles.move(root.resolve(tree), failed.resolve(tree));
                    }
                    DurableFiles.move(before.resolve(tree), root.resolve(tree));
                }
            }
            // what an earlier attempt put back may not be on the disk yet; `current` neither
            DurableFiles.syncDirectory(root);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot put config and data back", e);
        }
    }

    private static boolean exists(Path path) {
        return Files.exists(path, LinkOption.NOFOLLOW_LINKS);
    }
}
