package dev.belay.supervisor.transaction;

import dev.belay.packaging.durable.DurableFiles;
import dev.belay.packaging.durable.DurableLog;
import dev.belay.supervisor.json.Json;
import dev.belay.supervisor.json.RecordReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// `journal/<transaction>.log`.
public final class JournalFile implements Journal {
    private static final String SUFFIX = ".log";
    private final Path file;
    private DurableLog log;

    private JournalFile(Path file) throws IOException {
        this.file = file;
        this.log = DurableLog.open(file);
    }

    /// Begins or continues the journal of a run.
    ///
    /// @param directory the journals of the home
    public static JournalFile open(Path directory, String transaction) {
        try {
            DurableFiles.createDirectories(directory, DurableFiles.PRIVATE_DIRECTORY);
            forceNewest(directory);
            return new JournalFile(directory.resolve(transaction + SUFFIX));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot open the journal of " + transaction, e);
        }
    }

    /// That the last run is over is relied on from here on. Its supervisor may have died after it
    /// wrote so, and before that was on the disk.
    private static void forceNewest(Path directory) throws IOException {
        Optional<Path> newest = Optional.empty();
        FileTime time = FileTime.fromMillis(Long.MIN_VALUE);
        for (String id : transactions(directory)) {
            Path journal = directory.resolve(id + SUFFIX);
            FileTime written = Files.getLastModifiedTime(journal);
            if (written.compareTo(time) >= 0) {
                newest = Optional.of(journal);
                time = written;
            }
        }
        if (newest.isPresent()) {
            DurableFiles.syncFile(newest.get());
            DurableFiles.syncDirectory(directory);
        }
    }

    /// What a run wrote, up to the first record that is not whole.
    public static List<JournalRecord> read(Path directory, String transaction) {
        try {
            return DurableLog.read(directory.resolve(transaction + SUFFIX)).records().stream()
                    .map(line -> RecordReader.read(line, JournalRecord.class))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the journal of " + transaction, e);
        }
    }

    /// The runs that have a journal, oldest first.
    public static List<String> transactions(Path directory) {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(f -> f.getFileName().toString())
                    .filter(name -> name.endsWith(SUFFIX))
                    .map(name -> name.substring(0, name.length() - SUFFIX.length()))
                    .sorted()
                    .toList();
        } catch (NoSuchFileException e) {
            return List.of(); // a home that was put back from somewhere, without what is over
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list " + directory, e);
        }
    }

    /// Removes the journals of old runs that are over, with what was kept beside them.
    ///
    /// @param keep how many of the newest stay
    /// @param needed whether an older one is still needed
    public static void prune(Path directory, int keep, Predicate<String> needed)
            throws IOException {
        List<String> all = transactions(directory);
        for (String id : all.subList(0, Math.max(0, all.size() - keep))) {
            boolean over = Recovery.decide(read(directory, id)) instanceof RecoveryAction.Nothing;
            if (over && !needed.test(id)) {
                try (DirectoryStream<Path> files =
                        Files.newDirectoryStream(directory, id + "{.log,-*.config.json}")) {
                    for (Path file : files) {
                        DurableFiles.delete(file);
                    }
                }
            }
        }
    }

    @Override
    public void append(JournalRecord entry) {
        String line = Json.line(entry);
        try {
            try {
                log.append(line);
            } catch (IOException first) {
                appendAnew(line, first);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the journal " + file, e);
        }
    }

    /// After a failed append nobody knows what is on the disk. Opening writes the sound part into a
    /// new file, which answers that; a failed fsync is never repeated on its own descriptor.
    private void appendAnew(String line, IOException first) throws IOException {
        try {
            log.close();
            log = DurableLog.open(file);
            List<String> records = DurableLog.read(file).records();
            if (records.isEmpty() || !records.getLast().equals(line)) {
                log.append(line);
            }
        } catch (IOException second) {
            second.addSuppressed(first);
            throw second;
        }
    }

    @Override
    public void close() {
        try {
            log.close();
        } catch (IOException e) {
            // every record was forced when it was appended
            System.getLogger(JournalFile.class.getName())
                    .log(System.Logger.Level.DEBUG, "journal not closed: {0}", e.toString());
        }
    }
}
