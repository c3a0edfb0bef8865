package dev.belay.supervisor.deployment;

import dev.belay.packaging.durable.CopyFilter;
import dev.belay.packaging.durable.CopyVisitor;
import dev.belay.packaging.durable.DurableFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Set;

/// Gives a release the declared paths that the home does not have yet: what it ships there, or an
/// empty directory. What is there already is never touched.
final class FirstContent {
    private FirstContent() {}

    /// @param config live or working config
    /// @param data live or working data
    /// @param unwanted paths of configuration files that stay away, because the admin removed them
    static void complete(Deployment release, Path config, Path data, Set<String> unwanted)
            throws IOException {
        for (LinkPlan.Link link : LinkPlan.of(release.descriptor().layout()).links()) {
            Path place = (link.config() ? config : data).resolve(link.path());
            Path shipped = release.directory().resolve(link.shippedAt());
            if (Files.exists(place, LinkOption.NOFOLLOW_LINKS)
                    || (link.config() && unwanted.contains(link.path()))) {
                continue;
            }
            if (Files.exists(shipped, LinkOption.NOFOLLOW_LINKS)) {
                copy(shipped, place);
            } else if (link.directory()) {
                DurableFiles.createDirectories(place, DurableFiles.READABLE_DIRECTORY);
            }
        }
    }

    /// A copy that was cut off must not look like one that is there.
    static void copy(Path shipped, Path place) throws IOException {
        createParent(place);
        Path unfinished = unfinished(place);
        DurableFiles.deleteTree(unfinished);
        DurableFiles.copyTree(shipped, unfinished, CopyFilter.ALL, CopyVisitor.NONE);
        DurableFiles.move(unfinished, place);
    }

    /// Where a copy is made before it has its place.
    static Path unfinished(Path place) {
        return place.resolveSibling(".belay-" + place.getFileName() + ".new");
    }

    private static void createParent(Path path) throws IOException {
        Path parent = path.getParent();
        if (parent != null) {
            DurableFiles.createDirectories(parent, DurableFiles.READABLE_DIRECTORY);
        }
    }
}
