package dev.belay.packaging.durable;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/// Forces everything below a directory: regular files and the names in directories.
///
/// A large tree is forced by several threads, because a journalling file system commits what waits
/// together once. A small one stays on the calling thread, so that the steps of a transaction keep
/// one order. The tree must not be relied on before this returns, so the order among its parts does
/// not matter.
final class TreeSync extends SimpleFileVisitor<Path> {
    private static final int SMALL = 16;
    private static final int THREADS = 16;

    private final List<Path> files = new ArrayList<>();
    private final List<Path> directories = new ArrayList<>();

    private final boolean inUse;

    private TreeSync(boolean inUse) {
        this.inUse = inUse;
    }

    /// @param inUse whether somebody else works on the tree, so that parts of it may vanish
    ///   meanwhile
    static void sync(Path root, boolean inUse) throws IOException {
        TreeSync tree = new TreeSync(inUse);
        Files.walkFileTree(root, tree);
        tree.force();
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
        if (inUse && failure instanceof NoSuchFileException) {
            return FileVisitResult.CONTINUE;
        }
        throw failure;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
        if (attributes.isRegularFile()) {
            files.add(file);
        }
        return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure)
            throws IOException {
        if (failure != null) {
            throw failure;
        }
        directories.add(directory);
        return FileVisitResult.CONTINUE;
    }

    private void force() throws IOException {
        if (files.size() + directories.size() <= SMALL) {
            for (Path file : files) {
                force(file, DurableFiles::syncFile);
            }
            for (Path directory : directories) {
                force(directory, DurableFiles::syncDirectory);
            }
            return;
        }
        List<Future<?>> waiting = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
            for (Path file : files) {
                waiting.add(threads.submit(forcing(file, DurableFiles::syncFile)));
            }
            for (Path directory : directories) {
                waiting.add(threads.submit(forcing(directory, DurableFiles::syncDirectory)));
            }
        }
        for (Future<?> forced : waiting) {
            result(forced);
        }
    }

    private interface Forcing {
        void force(Path path) throws IOException;
    }

    private Callable<Boolean> forcing(Path path, Forcing forcing) {
        return () -> {
            force(path, forcing);
            return true;
        };
    }

    private void force(Path path, Forcing forcing) throws IOException {
        try {
            forcing.force(path);
        } catch (NoSuchFileException gone) {
            if (!inUse) {
                throw gone;
            }
        }
    }

    /// The pool is closed by now, so nothing is waited for here.
    private static void result(Future<?> forced) throws IOException {
        try {
            forced.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException failure
                    ? failure
                    : new IOException("cannot make a tree durable", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while making a tree durable", e);
        }
    }
}
