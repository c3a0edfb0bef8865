package dev.belay.packaging.durable;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.PosixFileAttributeView;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// Removes a tree through open directories rather than paths, so that a link put in the place of a
/// directory meanwhile leads nowhere.
final class TreeDelete {
    private TreeDelete() {}

    static void delete(Path root) throws IOException {
        if (!Files.isDirectory(root, LinkOption.NOFOLLOW_LINKS)) {
            Disk.remove(root);
            return;
        }
        try (DirectoryStream<Path> parent =
                Files.newDirectoryStream(DurableFiles.parentOf(root.toAbsolutePath()))) {
            if (parent instanceof SecureDirectoryStream<Path> secure) {
                deleteDirectory(secure, Objects.requireNonNull(root.getFileName()), root);
            } else {
                deleteByPath(root);
            }
        }
    }

    private static void deleteDirectory(SecureDirectoryStream<Path> parent, Path name, Path path)
            throws IOException {
        try (SecureDirectoryStream<Path> directory = open(parent, name)) {
            for (Path child : names(directory)) {
                if (isDirectory(directory, child)) {
                    deleteDirectory(directory, child, path.resolve(child));
                } else {
                    Disk.announce(new DiskAct.Remove(path.resolve(child)));
                    directory.deleteFile(child);
                }
            }
        }
        Disk.announce(new DiskAct.Remove(path));
        parent.deleteDirectory(name);
    }

    /// A directory without write permission (a product may ship one) can only be emptied by an
    /// ordinary user after that was given.
    private static SecureDirectoryStream<Path> open(SecureDirectoryStream<Path> parent, Path name)
            throws IOException {
        PosixFileAttributeView view =
                parent.getFileAttributeView(
                        name, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
        if (view != null
                && !view.readAttributes()
                        .permissions()
                        .containsAll(DurableFiles.PRIVATE_DIRECTORY)) {
            try (SecureDirectoryStream<Path> same =
                    parent.newDirectoryStream(name, LinkOption.NOFOLLOW_LINKS)) {
                same.getFileAttributeView(PosixFileAttributeView.class)
                        .setPermissions(DurableFiles.PRIVATE_DIRECTORY);
            }
        }
        return parent.newDirectoryStream(name, LinkOption.NOFOLLOW_LINKS);
    }

    private static List<Path> names(DirectoryStream<Path> directory) {
        List<Path> names = new ArrayList<>();
        directory.forEach(path -> names.add(path.getFileName()));
        return names;
    }

    private static boolean isDirectory(SecureDirectoryStream<Path> parent, Path name)
            throws IOException {
        return parent.getFileAttributeView(
                        name, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                .readAttributes()
                .isDirectory();
    }

    private static void deleteByPath(Path directory) throws IOException {
        List<Path> children;
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory)) {
            children = names(stream);
        }
        for (Path child : children) {
            Path path = directory.resolve(child);
            if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
                deleteByPath(path);
            } else {
                Disk.remove(path);
            }
        }
        Disk.remove(directory);
    }
}
