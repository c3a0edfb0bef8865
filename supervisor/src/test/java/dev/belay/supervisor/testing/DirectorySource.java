package dev.belay.supervisor.testing;

import dev.belay.packaging.digest.Digest;
import dev.belay.packaging.failure.BelayException;
import dev.belay.versys.client.TargetSource;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;

/// A repository whose targets are taken as signed: files below a directory.
public final class DirectorySource implements TargetSource {
    private final Path root;

    public DirectorySource(Path root) {
        this.root = root;
    }

    @Override
    public void refresh() {
        if (!Files.isDirectory(root)) {
            throw new BelayException(
                    "network-unreachable", "The repository cannot be reached.", "Try again later.");
        }
    }

    @Override
    public Optional<Target> find(String path) {
        try {
            Path file = root.resolve(path);
            return Files.exists(file)
                    ? Optional.of(
                            new Target(
                                    path,
                                    Files.size(file),
                                    List.of(Digest.sha256(Files.readAllBytes(file)))))
                    : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public byte[] read(Target target, long maxBytes) {
        try {
            return Files.readAllBytes(root.resolve(target.path()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public <T> T peek(Target target, Look<T> look) {
        try (InputStream bytes = Files.newInputStream(root.resolve(target.path()))) {
            return look.at(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void download(Target target, Path file, TransferListener listener) {
        try {
            Path part = file.resolveSibling(file.getFileName() + ".part");
            Files.copy(root.resolve(target.path()), part, StandardCopyOption.REPLACE_EXISTING);
            listener.transferred(target.length(), target.length());
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
