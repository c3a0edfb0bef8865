package dev.belay.supervisor.service;

import dev.belay.packaging.durable.DurableFiles;
import dev.belay.supervisor.words.Times;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;

/// The file that gets the product's output. When it has grown past a limit, the next start moves it
/// to `<name>.1`, and that to `<name>.2`.
final class ProductLog {
    private static final long LIMIT = 20L << 20;
    private static final int KEPT = 2;
    private static final int TAIL = 2048;
    private static final int SEARCHED = 1 << 20;
    private static final String MARK = "--- supervisor: ";
    private final Path file;

    ProductLog(Path file) {
        this.file = file;
    }

    /// Rotates if it is time, marks where the output of this start begins, and returns where it
    /// goes.
    ///
    /// @param version the release that is started
    ProcessBuilder.Redirect begun(String version, Instant at) throws IOException {
        if (Files.exists(file) && Files.size(file) > LIMIT) {
            for (int n = KEPT; n >= 1; n--) {
                Path from = n == 1 ? file : numbered(n - 1);
                if (Files.exists(from)) {
                    DurableFiles.move(from, numbered(n));
                }
            }
        }
        mark(version + ", started " + Times.utc(at));
        // opened for appending, so that a truncation by others does not leave a hole
        return ProcessBuilder.Redirect.appendTo(file.toFile());
    }

    /// A full disk keeps no product from being started.
    private void mark(String text) {
        try {
            Files.writeString(
                    file, MARK + text + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            System.getLogger(ProductLog.class.getName())
                    .log(System.Logger.Level.DEBUG, "start not marked: {0}", e.toString());
        }
    }

    /// The last lines since the last start; empty text if there are none.
    String tail() {
        return end(TAIL);
    }

    /// What was written since the last start, the end of it if that is much.
    String since() {
        return end(SEARCHED);
    }

    private String end(int bytes) {
        try (InputStream output = Files.newInputStream(file)) {
            long skipped = Math.max(0, Files.size(file) - bytes);
            output.skipNBytes(skipped);
            String end = new String(output.readNBytes(bytes), StandardCharsets.UTF_8);
            int mark = ("\n" + end).lastIndexOf("\n" + MARK);
            // a line of which the beginning is cut off helps nobody
            int begin = mark < 0 && skipped == 0 ? 0 : end.indexOf('\n', Math.max(0, mark)) + 1;
            return end.substring(begin).strip();
        } catch (IOException e) {
            return "";
        }
    }

    private Path numbered(int n) {
        return file.resolveSibling(file.getFileName() + "." + n);
    }
}
