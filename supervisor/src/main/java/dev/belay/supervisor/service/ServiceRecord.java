package dev.belay.supervisor.service;

import dev.belay.packaging.durable.DurableFiles;
import dev.belay.supervisor.json.Json;
import dev.belay.supervisor.json.RecordReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// `service.json`: what another supervisor must know to find the product's process again.
///
/// @param wanted whether the product is meant to run
/// @param version release it was started from
/// @param command as it was started
/// @param mark in the environment of all its processes; written before the process is started, so
///   that it is found even if the supervisor is killed in between
/// @param pid process number; 0 until it is known
/// @param startTicks its start in clock ticks since boot
/// @param boot identity of that boot
/// @param since when it was started
record ServiceRecord(
        boolean wanted,
        String version,
        List<String> command,
        String mark,
        long pid,
        long startTicks,
        String boot,
        Instant since) {
    static Optional<ServiceRecord> read(Path file) {
        try {
            return Optional.of(
                    RecordReader.file(
                            file,
                            ServiceRecord.class,
                            "Stop the product by hand, remove the file, and start it: supervisor start"));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void write(Path file) {
        try {
            DurableFiles.write(file, Json.bytes(this), DurableFiles.PRIVATE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    ServiceRecord unwanted() {
        return new ServiceRecord(false, version, command, mark, pid, startTicks, boot, since);
    }

    ServiceRecord startedAs(long newPid, long newStartTicks) {
        return new ServiceRecord(
                wanted, version, command, mark, newPid, newStartTicks, boot, since);
    }

    ProcessGroup group() {
        return new ProcessGroup(pid == 0 ? -1 : pid, mark);
    }
}
