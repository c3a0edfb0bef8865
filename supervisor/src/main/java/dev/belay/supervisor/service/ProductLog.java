package dev.belay.supervisor.service;

import dev.belay.packaging.durable.DurableFiles;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// The file that gets the product's output. When it has grown past a limit, the next start moves it
/// to `<name>.1`, and that to `<name>.2`.
final class ProductLog {
    private static final long LIMIT = 20L << 20;
    private static final int KEPT = 2;
    private static final int TAIL = 2048;
    private final Path file;

    ProductLog(Path file) {
        this.file = file;
    }

    /// Rotates if it is time, and returns where output goes.
    ProcessBuilder.Redirect rotated() throws IOException {
        if (Files.exists(file) && Files.size(file) > LIMIT) {
            for (int n = KEPT; n >= 1; n--) {
                Path from = n == 1 ? file : numbered(n - 1);
                if (Files.exists(from)) {
                    DurableFiles.move(from, numbered(n));
                }
            }
        }
        // opened for appending, so that a truncation by others does not leave a hole
        return ProcessBuilder.Redirect.appendTo(file.toFile());
    }

    /// The end of the output; empty text if there is none.
    String tail() {
        try (InputStream output = Files.newInputStream(file)) {
            long skipped = Math.max(0, Files.size(file) - TAIL);
            output.skipNBytes(skipped);
            String end = new String(output.readNBytes(TAIL), StandardCharsets.UTF_8);
            // a line of which the beginning is cut off helps nobody
            return (skipped == 0 ? end : end.substring(end.indexOf('\n') + 1)).strip();
        } catch (IOException e) {
            return "";
        }
    }

    private Path numbered(int n) {
        return file.resolveSibling(file.getFileName() + "." + n);
    }
}
