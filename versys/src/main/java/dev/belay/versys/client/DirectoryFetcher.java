package dev.belay.versys.client;

import dev.belay.packaging.digest.LimitedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/// Reads a repository from a directory (`file:` addresses). Names come from metadata: a part that
/// is `..` or hides a slash is a file that does not exist.
final class DirectoryFetcher implements Fetcher {
    @Override
    public Optional<Arriving> open(String address, long offset, long maxBytes) throws IOException {
        Optional<Path> file = path(address);
        if (file.isEmpty() || !Files.isRegularFile(file.get())) {
            return Optional.empty();
        }
        try {
            InputStream in = Files.newInputStream(file.get());
            in.skipNBytes(Math.min(offset, Files.size(file.get())));
            return Optional.of(
                    new Arriving(
                            offset, new LimitedInputStream(in, Math.max(0, maxBytes - offset))));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    private static Optional<Path> path(String address) {
        Path file = Path.of("/");
        for (String part : URI.create(address).getRawPath().split("/")) {
            String name = URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
            if (name.equals("..") || name.indexOf('/') >= 0 || name.indexOf('\0') >= 0) {
                return Optional.empty();
            }
            file = file.resolve(name);
        }
        return Optional.of(file);
    }
}
