package dev.belay.supervisor.status;

import dev.belay.packaging.durable.DurableFiles;
import dev.belay.supervisor.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// Outcome reports that are to be sent to the update server: one file each, named by the report's
/// id, until the server has taken it. The server counts an id once, so that sending again after a
/// crash does no harm.
public final class Outbox {
    private static final int LIMIT = 1000;
    private final Path directory;

    /// Hands a report to the server.
    @FunctionalInterface
    public interface Sender {
        /// @return whether the server has it now, or will never want it
        boolean send(String json);
    }

    /// @param directory `outbox` of the home
    public Outbox(Path directory) {
        this.directory = directory;
    }

    /// Queues a report, durably; one of the same id is replaced.
    public void put(OutcomeReport report) {
        try {
            DurableFiles.createDirectories(directory, DurableFiles.PRIVATE_DIRECTORY);
            DurableFiles.write(
                    directory.resolve(report.id() + ".json"),
                    Json.line(report).getBytes(StandardCharsets.UTF_8),
                    DurableFiles.PRIVATE);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot queue a report", e);
        }
    }

    /// Sends what is queued, oldest first, and stops at the first that cannot be sent.
    ///
    /// @return how many the server took
    public int flush(Sender sender) {
        int sent = 0;
        try {
            for (Path file : queued()) {
                if (!sender.send(Files.readString(file, StandardCharsets.UTF_8))) {
                    return sent;
                }
                DurableFiles.delete(file);
                sent++;
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read queued reports", e);
        }
        return sent;
    }

    /// Drops the oldest reports once more wait than any server will ask for.
    public void trim() throws IOException {
        List<Path> queued = queued();
        for (Path file : queued.subList(0, Math.max(0, queued.size() - LIMIT))) {
            DurableFiles.delete(file);
        }
    }

    private List<Path> queued() throws IOException {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(f -> f.toString().endsWith(".json")).sorted().toList();
        }
    }
}
