package dev.belay.supervisor.deployment;

import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.util.List;

/// Config files whose link in the release was replaced by a plain file: what some editors do when
/// they save. The plain file is what the product reads, so it is the admin's.
final class ReplacedLinks {
    private ReplacedLinks() {}

    /// Their paths, relative to the release.
    static List<String> of(Deployment deployment) {
        return LinkPlan.of(deployment.descriptor().layout()).links().stream()
                .filter(link -> link.config() && !link.directory())
                .map(LinkPlan.Link::path)
                .filter(path ->
                        Files.isRegularFile(
                                deployment.directory().resolve(path), LinkOption.NOFOLLOW_LINKS))
                .toList();
    }
}
