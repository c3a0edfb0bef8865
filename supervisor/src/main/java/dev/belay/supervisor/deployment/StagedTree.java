package dev.belay.supervisor.deployment;

import dev.belay.packaging.durable.DurableFiles;
import dev.belay.versys.release.Layout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/// A freshly unpacked release on its way to becoming a deployment: what it ships as configuration
/// and data moves under `.release/`, links take its place.
final class StagedTree {
    private final Path root;

    /// @param root an unpacked bundle directly below the home's `releases`
    StagedTree(Path root) {
        this.root = root;
    }

    void arrange(Layout layout) throws IOException {
        LinkPlan plan = LinkPlan.of(layout);
        for (LinkPlan.Link link : plan.links()) {
            Path place = root.resolve(link.path());
            Path shipped = root.resolve(link.shippedAt());
            createParent(shipped);
            if (Files.exists(place, LinkOption.NOFOLLOW_LINKS)) {
                DurableFiles.move(place, shipped);
            } else if (link.directory()) {
                DurableFiles.createDirectories(shipped, DurableFiles.READABLE_DIRECTORY);
            }
            createParent(place);
            DurableFiles.swapLink(place, root.getFileSystem().getPath(link.target()));
        }
        for (String scratch : plan.scratch()) {
            DurableFiles.createDirectories(root.resolve(scratch), DurableFiles.READABLE_DIRECTORY);
        }
    }

    private static void createParent(Path path) throws IOException {
        Path parent = path.getParent();
        if (parent != null) {
            DurableFiles.createDirectories(parent, DurableFiles.READABLE_DIRECTORY);
        }
    }
}
