package dev.belay.supervisor.deployment;

import dev.belay.packaging.failure.RefusedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Checks that the home's trees can be exchanged by rename: all of it lies on one file system, and
/// nothing is mounted inside `config` or `data`.
public final class Mounts {
    private static final Path MOUNTS = Path.of("/proc/self/mountinfo");
    private static final int MOUNT_POINT = 4; // field of mountinfo, proc_pid_mountinfo(5)

    private Mounts() {}

    /// @throws RefusedException `home-not-one-file-system`
    public static void requireOneFileSystem(Home home) {
        for (Path tree : List.of(home.config(), home.data(), home.releases(), home.own())) {
            if (Files.isSymbolicLink(tree)) {
                throw refused(tree + " is a symbolic link");
            }
            for (String mount : mountPoints()) {
                if (Path.of(mount).startsWith(tree)) {
                    throw refused("a file system is mounted at " + mount);
                }
            }
        }
    }

    /// @throws RefusedException `home-has-mounts` if a file system is mounted at the home or below
    public static void requireNone(Home home) {
        for (String mount : mountPoints()) {
            if (Path.of(mount).startsWith(home.root())) {
                throw new RefusedException(
                        "home-has-mounts",
                        "A file system is mounted at "
                                + mount
                                + ", and what is on it would be removed. Nothing was changed.",
                        "Unmount it first; it keeps what it has.");
            }
        }
    }

    private static List<String> mountPoints() {
        try {
            return Files.readAllLines(MOUNTS).stream()
                    .map(line -> line.split(" ")[MOUNT_POINT].replace("\\040", " "))
                    .toList();
        } catch (IOException e) {
            return List.of(); // no Linux: a rename across file systems fails later, before any loss
        }
    }

    private static RefusedException refused(String why) {
        return new RefusedException(
                "home-not-one-file-system",
                "An update sets config and data aside by renaming, which does not work here: "
                        + why
                        + ". Nothing was changed.",
                "Mount the file system at the home itself, so that all of it is in one place.");
    }
}
