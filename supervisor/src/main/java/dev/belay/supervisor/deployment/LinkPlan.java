package dev.belay.supervisor.deployment;

import dev.belay.versys.release.Layout;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Which paths of a release become links into the home's `config` and `data`. Pure.
///
/// A declared directory is linked as a whole, so that an editor that replaces files by rename does
/// not cut a link. A path inside another declared directory needs no link of its own.
record LinkPlan(List<Link> links, List<String> scratch) {
    /// One link.
    ///
    /// @param path where it lies, relative to the release
    /// @param directory whether it stands for a directory
    /// @param config whether it leads to `config`; otherwise to `data`
    record Link(String path, boolean directory, boolean config) {
        /// What the link says: relative, so that a home can be moved.
        String target() {
            long up = 2 + path.chars().filter(c -> c == '/').count();
            return "../".repeat((int) up) + (config ? "config/" : "data/") + path;
        }

        /// Where the release keeps what it shipped at this path.
        String shippedAt() {
            return (config ? ".release/defaults/" : ".release/data/") + path;
        }
    }

    static LinkPlan of(Layout layout) {
        List<Link> all = new ArrayList<>();
        layout.config().forEach(c -> all.add(new Link(c.path(), c.directory(), true)));
        layout.data().forEach(d -> all.add(new Link(d.path(), d.directory(), false)));
        all.sort(Comparator.comparing(Link::path));
        List<Link> links =
                all.stream()
                        .filter(inner ->
                                all.stream()
                                        .noneMatch(outer ->
                                                outer.directory()
                                                        && inner.path()
                                                                .startsWith(outer.path() + "/")))
                        .toList();
        return new LinkPlan(
                links,
                layout.scratch().stream()
                        .filter(Layout.DataPath::directory)
                        .map(Layout.DataPath::path)
                        .toList());
    }
}
