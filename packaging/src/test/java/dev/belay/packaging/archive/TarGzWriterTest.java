package dev.belay.packaging.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TarGzWriterTest {
    private static byte[] archive() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarGzWriter writer = new TarGzWriter(bytes)) {
            writer.directory("bin");
            writer.file("bin/run", true, 3, new ByteArrayInputStream(new byte[] {1, 2, 3}));
            writer.file("ü".repeat(100), false, 0, new ByteArrayInputStream(new byte[0]));
            writer.symlink("d".repeat(90) + "/" + "e".repeat(120), "../" + "f".repeat(200));
        }
        return bytes.toByteArray();
    }

    private static List<ArchiveEntry> read(byte[] archive) throws IOException {
        List<ArchiveEntry> entries = new ArrayList<>();
        try (ArchiveReader reader =
                new ArchiveReader(new ByteArrayInputStream(archive), ArchiveLimits.BUNDLE)) {
            for (Optional<ArchiveEntry> next = reader.next();
                    next.isPresent();
                    next = reader.next()) {
                entries.add(next.get());
            }
        }
        return entries;
    }

    @Test
    void writesWhatTheStrictReaderAccepts() throws IOException {
        assertThat(read(archive()))
                .containsExactly(
                        new ArchiveEntry(
                                "bin", ArchiveEntry.Type.DIRECTORY, false, 0, Optional.empty()),
                        new ArchiveEntry(
                                "bin/run", ArchiveEntry.Type.FILE, true, 3, Optional.empty()),
                        new ArchiveEntry(
                                "ü".repeat(100),
                                ArchiveEntry.Type.FILE,
                                false,
                                0,
                                Optional.empty()),
                        new ArchiveEntry(
                                "d".repeat(90) + "/" + "e".repeat(120),
                                ArchiveEntry.Type.SYMLINK,
                                false,
                                0,
                                Optional.of("../" + "f".repeat(200))));
    }

    @Test
    void headerOfTheGzipFileHoldsNeitherTimeNorName() throws IOException {
        assertThat(archive()).startsWith(0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0);
    }

    @Test
    void refusesWhatTheReaderWouldReject() throws IOException {
        try (TarGzWriter writer = new TarGzWriter(new ByteArrayOutputStream())) {
            assertThatThrownBy(() -> writer.directory("../x"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("segment ..");
        }
    }

    @Test
    void refusesContentOfAnotherLengthThanAnnounced() {
        assertThatThrownBy(
                        () -> {
                            try (TarGzWriter writer =
                                    new TarGzWriter(new ByteArrayOutputStream())) {
                                writer.file(
                                        "x", false, 1, new ByteArrayInputStream(new byte[] {1, 2}));
                            }
                        })
                .isInstanceOf(IOException.class);
    }
}
