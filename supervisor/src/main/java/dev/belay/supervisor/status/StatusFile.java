package dev.belay.supervisor.status;

import dev.belay.packaging.durable.DurableFiles;
import dev.belay.supervisor.json.Json;
import dev.belay.supervisor.json.RecordReader;
import dev.belay.versys.version.Version;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `status.json`: what the last look at the repository and the last run found, replaced durably.
/// What can be read from the home itself (the current release, the process) is not repeated here.
public final class StatusFile {
    private final Path file;

    /// @param available the newest version this host could move to; null if none
    /// @param checkedAt when that was found; null if never
    /// @param last the end of the last run; null if there was none
    /// @param warnings what the last look at the channel warned of
    public record Content(
            @Nullable Version available,
            @Nullable Instant checkedAt,
            HostStatus.@Nullable LastRun last,
            List<String> warnings) {
        static final Content EMPTY = new Content(null, null, null, List.of());

        public Content {
            warnings = warnings == null ? List.of() : List.copyOf(warnings); // of old: none
        }
    }

    /// @param file `status.json` of the home
    public StatusFile(Path file) {
        this.file = file;
    }

    /// What it says; empty values if it is not there yet.
    public Content read() {
        try {
            return RecordReader.file(
                    file, Content.class, "Remove it: what it says is found out again.");
        } catch (NoSuchFileException e) {
            return Content.EMPTY;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Remembers the result of a look at the repository.
    public void checked(@Nullable Version available, Instant at) {
        Content before = read();
        write(new Content(available, at, before.last(), before.warnings()));
    }

    /// Remembers what a look at the channel warns of.
    public void warned(List<String> warnings) {
        Content before = read();
        if (!before.warnings().equals(warnings)) {
            write(new Content(before.available(), before.checkedAt(), before.last(), warnings));
        }
    }

    /// Remembers the end of a run.
    public void ended(HostStatus.LastRun last) {
        Content before = read();
        boolean elsewhere = last.outcome() == RunOutcome.UPDATED && last.run() != RunKind.UPDATE;
        boolean reached =
                last.outcome() == RunOutcome.UPDATED && last.to().equals(before.available());
        // what was offered to the release that was left says nothing about this one
        write(
                new Content(
                        reached || elsewhere ? null : before.available(),
                        elsewhere ? null : before.checkedAt(),
                        last,
                        before.warnings()));
    }

    private void write(Content content) {
        try {
            DurableFiles.write(file, Json.bytes(content), DurableFiles.PRIVATE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
