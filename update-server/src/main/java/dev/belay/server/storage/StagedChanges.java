package dev.belay.server.storage;

import dev.belay.packaging.durable.DurableFiles;
import dev.belay.packaging.failure.BelayException;
import dev.belay.packaging.failure.RefusedException;
import dev.belay.versys.repository.FileRepositoryWriter;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/// Changes that wait for signatures, a file each: `DIR/changes/<product>/<name>.json`. At most
/// twenty of a product, each for thirty days from its last signature. Safe for use by many threads.
public final class StagedChanges {
    /// How long a change waits for the next signature.
    public static final Duration LIFE = FileRepositoryWriter.CHANGE_LIFE;

    private static final int MAX_OF_PRODUCT = 20;
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._+-]{0,127}");
    private static final String END = ".json";

    private final Path directory;
    private final InstantSource clock;
    private final ReentrantLock lock = new ReentrantLock();

    /// @param directory need not exist yet
    public StagedChanges(Path directory, InstantSource clock) {
        this.directory = directory;
        this.clock = clock;
    }

    /// Whether a text can name a change.
    public static boolean isName(String text) {
        return NAME.matcher(text).matches();
    }

    /// Until when each change of a product waits, by name. Forgets those whose time is over.
    public SortedMap<String, Instant> list(String product) {
        lock.lock();
        try {
            SortedMap<String, Instant> waiting = new TreeMap<>();
            Path changes = directory.resolve(product);
            if (!Files.isDirectory(changes)) {
                return waiting;
            }
            try (DirectoryStream<Path> files = Files.newDirectoryStream(changes, "*" + END)) {
                for (Path file : files) {
                    Instant until = Files.getLastModifiedTime(file).toInstant().plus(LIFE);
                    if (until.isBefore(clock.instant())) {
                        DurableFiles.delete(file);
                    } else {
                        String name = String.valueOf(file.getFileName());
                        waiting.put(name.substring(0, name.length() - END.length()), until);
                    }
                }
            }
            return waiting;
        } catch (IOException e) {
            throw failed(e);
        } finally {
            lock.unlock();
        }
    }

    /// The bytes of a change, if it waits.
    public Optional<byte[]> read(String product, String name) {
        lock.lock();
        try {
            return list(product).containsKey(name)
                    ? Optional.of(Files.readAllBytes(file(product, name)))
                    : Optional.empty();
        } catch (IOException e) {
            throw failed(e);
        } finally {
            lock.unlock();
        }
    }

    /// Adds a change, or makes another one of it. Nobody else comes in between.
    ///
    /// @param next from the bytes that wait, empty if none do, to those that are to wait
    /// @throws RefusedException `too-many-changes`; nothing is kept
    public void put(String product, String name, UnaryOperator<Optional<byte[]>> next) {
        lock.lock();
        try {
            Optional<byte[]> before = read(product, name);
            if (before.isEmpty() && list(product).size() >= MAX_OF_PRODUCT) {
                throw new RefusedException(
                        "too-many-changes",
                        MAX_OF_PRODUCT + " changes of this product wait already; it was not kept.",
                        "Sign or take away some of them first; see versys status.");
            }
            byte[] after = next.apply(before).orElseThrow();
            DurableFiles.createDirectories(
                    directory.resolve(product), DurableFiles.PRIVATE_DIRECTORY);
            DurableFiles.write(file(product, name), after, DurableFiles.PRIVATE);
            Files.setLastModifiedTime(file(product, name), FileTime.from(clock.instant()));
        } catch (IOException e) {
            throw failed(e);
        } finally {
            lock.unlock();
        }
    }

    /// Takes a change away.
    ///
    /// @return false if none of that name waits
    public boolean remove(String product, String name) {
        lock.lock();
        try {
            return list(product).containsKey(name) && DurableFiles.delete(file(product, name));
        } catch (IOException e) {
            throw failed(e);
        } finally {
            lock.unlock();
        }
    }

    private Path file(String product, String name) {
        if (!isName(name)) {
            throw new IllegalArgumentException("not the name of a change");
        }
        return directory.resolve(product).resolve(name + END);
    }

    private static BelayException failed(IOException e) {
        return new BelayException(
                "storage-failed",
                "The changes that wait for signatures cannot be read or written.",
                "Check disk and permissions of the server. What is published is not touched.",
                e);
    }
}
