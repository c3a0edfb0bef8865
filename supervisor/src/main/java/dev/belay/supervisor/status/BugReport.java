package dev.belay.supervisor.status;

import dev.belay.packaging.durable.DurableFiles;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/// What the vendor's support needs to know about a host, without its secrets: versions, status,
/// journals, events, settings, configuration and the end of the product's output. All of it is text
/// that went through [Redaction]; databases and other data are never in it.
public final class BugReport {
    private static final int MAX_FILE = 512 * 1024;
    private static final int TELLING = 4; // a shorter value would be found everywhere
    private final SortedMap<String, byte[]> entries = new TreeMap<>();
    private final Set<String> secretFiles;
    private final Set<String> secretValues;

    /// @param secretFiles names in the report of files that are secret as a whole
    /// @param secretValues taken out wherever they stand, whatever they look like
    public BugReport(Set<String> secretFiles, Set<String> secretValues) {
        this.secretFiles = Set.copyOf(secretFiles);
        this.secretValues = Set.copyOf(secretValues);
    }

    /// Adds generated text.
    ///
    /// @param name its name in the report
    public void addText(String name, String text) {
        String clean = secretFiles.contains(name) ? Redaction.REMOVED + "\n" : text;
        for (String value : secretValues) {
            if (value.length() >= TELLING || name.startsWith("config/")) {
                clean = clean.replace(value, Redaction.REMOVED);
            }
        }
        entries.put(name, Redaction.of(name, clean).getBytes(StandardCharsets.UTF_8));
    }

    /// Adds a file, or all files below a directory. What is no text is left out; of a long file the
    /// end is taken.
    ///
    /// @param name its name in the report
    public void addFiles(String name, Path path) {
        if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try (Stream<Path> files = Files.walk(path)) {
            for (Path file : files.filter(f -> regular(f)).toList()) {
                String below = path.relativize(file).toString();
                addFile(below.isEmpty() ? name : name + "/" + below, file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + path, e);
        }
    }

    private static boolean regular(Path file) {
        return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS);
    }

    private void addFile(String name, Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        int from = Math.max(0, bytes.length - MAX_FILE);
        try {
            String text =
                    StandardCharsets.UTF_8
                            .newDecoder()
                            .decode(ByteBuffer.wrap(bytes, from, bytes.length - from))
                            .toString();
            if (text.indexOf('\0') < 0) {
                addText(name, text);
            }
        } catch (CharacterCodingException e) {
            addText(name + ".left-out", "This file is no UTF-8 text and was left out.\n");
        }
    }

    /// What the report holds: one line per file with its size.
    public List<String> listing() {
        return entries.entrySet().stream()
                .map(e -> String.format("%8d  %s", e.getValue().length, e.getKey()))
                .toList();
    }

    /// The redacted text of one file; for looking before sending.
    public String text(String name) {
        byte[] bytes = entries.get(name);
        if (bytes == null) {
            throw new IllegalArgumentException("not in the report: " + name);
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /// Writes it as tar.gz that only its owner may read, its listing first.
    public void write(Path file) {
        try {
            DurableFiles.write(file, DurableFiles.PRIVATE, this::writeTo);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }

    private void writeTo(OutputStream sink) throws IOException {
        GZIPOutputStream gzip = new GZIPOutputStream(sink);
        TarArchiveOutputStream tar = new TarArchiveOutputStream(gzip, "UTF-8");
        tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
        String listing = String.join("\n", listing()) + "\n";
        put(tar, "CONTENTS", listing.getBytes(StandardCharsets.UTF_8));
        for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
            put(tar, entry.getKey(), entry.getValue());
        }
        tar.finish();
        gzip.finish();
    }

    private static void put(TarArchiveOutputStream tar, String name, byte[] bytes)
            throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry(name);
        entry.setSize(bytes.length);
        entry.setMode(0100600);
        tar.putArchiveEntry(entry);
        tar.write(bytes);
        tar.closeArchiveEntry();
    }
}
