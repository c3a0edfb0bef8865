package dev.belay.packaging.archive;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/// Writes a tar.gz whose bytes depend on nothing but names, contents, links and executable bits, in
/// the order of the calls. Not thread-safe.
public final class TarGzWriter implements Closeable {
    /// 1980-01-01, the earliest time that every archive format can hold.
    private static final FileTime TIME = FileTime.from(Instant.parse("1980-01-01T00:00:00Z"));

    private final TarArchiveOutputStream tar;

    /// @param sink closed together with this writer
    public TarGzWriter(OutputStream sink) throws IOException {
        // The JDK writes a gzip header without time and name (RFC 1952: MTIME 0, no FNAME).
        tar = new TarArchiveOutputStream(new GZIPOutputStream(sink, 64 * 1024), "UTF-8");
        tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
        tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
        tar.setAddPaxHeadersForNonAsciiNames(true);
    }

    /// Adds a directory.
    ///
    /// @param path as in [ArchiveEntry], without a trailing slash
    public void directory(String path) throws IOException {
        put(entry(path + "/", TarConstants.LF_DIR, 0755));
        tar.closeArchiveEntry();
    }

    /// Adds a file.
    ///
    /// @param size how many bytes `content` has
    /// @throws IOException if the content has another length, too
    public void file(String path, boolean executable, long size, InputStream content)
            throws IOException {
        TarArchiveEntry entry = entry(path, TarConstants.LF_NORMAL, executable ? 0755 : 0644);
        entry.setSize(size);
        put(entry);
        content.transferTo(tar);
        tar.closeArchiveEntry();
    }

    /// Adds a symlink.
    public void symlink(String path, String target) throws IOException {
        TarArchiveEntry entry = entry(path, TarConstants.LF_SYMLINK, 0777);
        entry.setLinkName(target);
        put(entry);
        tar.closeArchiveEntry();
    }

    /// A name that our own reader would reject must not get into an archive in the first place.
    private static TarArchiveEntry entry(String name, byte type, int mode) {
        String path = name.endsWith("/") ? name.substring(0, name.length() - 1) : name;
        EntryNames.problem(path)
                .ifPresent(problem -> {
                    throw new IllegalArgumentException(problem);
                });
        TarArchiveEntry entry = new TarArchiveEntry(name, type);
        entry.setMode(mode);
        entry.setLastModifiedTime(TIME);
        entry.setUserId(0);
        entry.setGroupId(0);
        entry.setUserName("");
        entry.setGroupName("");
        return entry;
    }

    private void put(TarArchiveEntry entry) throws IOException {
        tar.putArchiveEntry(entry);
    }

    @Override
    public void close() throws IOException {
        tar.close();
    }
}
