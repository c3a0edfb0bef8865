package dev.belay.packaging.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.belay.packaging.archive.ArchiveLimits;
import dev.belay.packaging.archive.ArchiveReader;
import dev.belay.packaging.archive.HostileArchiveException;
import dev.belay.packaging.archive.HostileArchives;
import dev.belay.packaging.failure.UntrustedException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Rows A10 to A13 of the fault list: bombs, and everything that is not exactly one whole archive.
class MalformedArchiveTest extends BundleAttacks {
    @Test
    void a10_rejectsTooManyEntries() throws IOException {
        HostileArchives archive = new HostileArchives();
        for (int i = 0; i < 1001; i++) {
            archive.file("f" + i, "");
        }
        ArchiveLimits limits = new ArchiveLimits(1000, 16, 200, 1 << 20, 200);
        try (ArchiveReader reader =
                new ArchiveReader(new ByteArrayInputStream(archive.tarGz()), limits)) {
            for (int i = 0; i < 1000; i++) {
                assertThat(reader.next()).isPresent();
            }
            assertThatExceptionOfType(HostileArchiveException.class)
                    .isThrownBy(reader::next)
                    .withMessageContaining("more than 1000 entries");
        }
    }

    @Test
    void a10_rejectsManifestOfTooManyEntries() {
        List<BundleFile> files = new ArrayList<>(List.of(HostileBundles.RELEASE));
        for (int i = 0; i < ArchiveLimits.BUNDLE.maxEntries(); i++) {
            files.add(
                    new BundleFile.Directory(BundlePath.of("d%06d".formatted(i)), FileClass.DATA));
        }
        byte[] json = BundleManifest.of(files).toJson();
        assertThatExceptionOfType(UntrustedException.class)
                .isThrownBy(() -> BundleManifest.read(new ByteArrayInputStream(json)))
                .withMessageContaining("lists too many files");
    }

    @Test
    void a10_rejectsTooDeepAndTooLongPaths() throws IOException {
        rejects(
                new HostileArchives().pax("path=" + "d/".repeat(2000) + "f").file("x", ""),
                "too long");
        rejects(
                new HostileArchives().pax("path=" + "d/".repeat(64) + "f").file("x", ""),
                "too deep");
        rejects(archive().pax("path=" + "n".repeat(256)).file("x", ""), "255 bytes");
    }

    @Test
    void a11_rejectsBombByRatio() throws IOException {
        rejects(
                new HostileArchives().entry("zeros", '0', new byte[20 << 20], h -> {}),
                "200 times");
    }

    @Test
    void a11_rejectsMoreThanTheAllowedBytesBeforeWritingThem() throws IOException {
        rejects(
                archive().entry("big", '0', new byte[0], h -> h.text(124, 12, "77777777777")),
                "unpacks to more than");
    }

    @ParameterizedTest
    @ValueSource(strings = {"mtime=9e9999999", "atime=1", "ctime=1", "comment=x", "hdrcharset=x"})
    void a12_rejectsTimesAndOtherRecords(String record) throws IOException {
        rejects(archive().pax(record).file("x", ""), "has the keyword");
    }

    @Test
    void a12_rejectsTimeOf300000Digits() throws IOException {
        rejects(
                archive().pax("mtime=" + "9".repeat(300_000)).file("x", ""),
                "extended header is malformed");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "path=x\n",
                "0 path=x\n",
                "9999 path=x\n",
                "99999999999999999999 path=x\n",
                "-9 path=x\n",
                "+9 path=x\n",
                "9 pathxy\n",
                "10 path=xy",
                "11 size=-1\n",
                "10 path=x\n10 path=y\n"
            })
    void a12_rejectsMalformedExtendedHeader(String data) throws IOException {
        rejects(archive().rawPax(data.getBytes(StandardCharsets.UTF_8)).file("x", ""), "malformed");
    }

    @Test
    void a12_rejectsExtendedHeaderWithoutEntryAndTwoInARow() throws IOException {
        rejects(archive().pax("path=x"), "has no entry");
        rejects(archive().pax("path=x").pax("path=y").file("z", ""), "malformed");
    }

    @Test
    void a13_rejectsEveryTruncation() throws IOException {
        byte[] whole = bundle(archive());
        inMemory();
        for (int length = 0; length < whole.length; length++) {
            rejects(Arrays.copyOf(whole, length), "it is");
        }
    }

    @Test
    void a13_rejectsTarWithoutEnd() throws IOException {
        rejectsTar(archive().tar(), "cut off");
        rejectsTar(archive().raw(new byte[512]).tar(), "cut off");
        rejectsTar(archive().raw(new byte[700]).tar(), "cut off");
    }

    @Test
    void a13_rejectsTrailingGarbage() throws IOException {
        byte[] whole = bundle(archive());
        rejects(Arrays.copyOf(whole, whole.length + 1), "after its end");
        rejects(archive().raw(new byte[1024]).file("late", "x"), "after its end");
        rejects(archive().raw(new byte[512]).file("late", "x"), "after its end");
        rejects(archive().raw(new byte[1 << 20]), "after its end");
    }

    @Test
    void a13_rejectsConcatenatedGzipMembers() throws IOException {
        byte[] first = bundle(archive());
        byte[] both = Arrays.copyOf(first, first.length * 2);
        System.arraycopy(first, 0, both, first.length, first.length);
        rejects(both, "after its end");

        byte[] tar = HostileBundles.around(archive().raw(new byte[1024]).tar());
        byte[] head = HostileArchives.gzip(Arrays.copyOf(tar, 512));
        byte[] tail = HostileArchives.gzip(Arrays.copyOfRange(tar, 512, tar.length));
        byte[] split = Arrays.copyOf(head, head.length + tail.length);
        System.arraycopy(tail, 0, split, head.length, tail.length);
        rejects(split, "after its end");
    }

    @Test
    void a13_rejectsGzipWithOptionalFields() throws IOException {
        byte[] named = bundle(archive());
        named[3] = 8;
        rejects(named, "not a plain gzip");
    }

    @Test
    void a13_rejectsEveryFlippedBitThatChangesTheContent() throws IOException {
        byte[] whole = bundle(new HostileArchives().file("x", "content"));
        inMemory();
        int unusedBits = 0;
        for (int bit = 0; bit < whole.length * 8; bit++) {
            int position = bit / 8;
            if (position >= 4 && position < 10) {
                continue; // time, flags and system in the gzip header say nothing about the content
            }
            byte[] flipped = whole.clone();
            flipped[position] ^= (byte) (1 << bit % 8);
            if (Arrays.equals(inflated(flipped), inflated(whole))) {
                unusedBits++; // another way to say the same, such as a longer way back in zeros
            } else {
                rejects(flipped, "");
            }
        }
        assertThat(unusedBits).isLessThan(whole.length);
    }

    private static byte[] inflated(byte[] gzip) throws IOException {
        try (InputStream content = new GZIPInputStream(new ByteArrayInputStream(gzip))) {
            return content.readAllBytes();
        } catch (IOException e) {
            return new byte[0];
        }
    }

    @Test
    void a13_rejectsBadHeaderChecksum() throws IOException {
        rejects(
                archive().entry("x", '0', new byte[0], HostileArchives.Header::wrongChecksum),
                "checksum of a header");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-0000000001", "0000000000x", "00 00000001", "9", " 1", "0x1"})
    void a13_rejectsMalformedNumbers(String size) throws IOException {
        rejects(archive().entry("x", '0', new byte[0], h -> h.text(124, 12, size)), "in a header");
    }

    @Test
    void a13_rejectsBinaryNumbers() throws IOException {
        byte[] huge = new byte[12];
        Arrays.fill(huge, (byte) 0xff);
        huge[0] = (byte) 0x80;
        huge[4] = 0x7f;
        rejects(
                archive().entry("x", '0', new byte[0], h -> h.bytes(124, 12, huge)),
                "number in a header");
    }

    @Test
    void a13_rejectsHugeSizeInExtendedHeader() throws IOException {
        rejects(archive().pax("size=9223372036854775807").file("x", ""), "malformed");
        rejects(archive().pax("size=922337203685477580").file("x", ""), "unpacks to more");
    }

    @Test
    void a13_rejectsContentOfWhatHasNone() throws IOException {
        rejects(archive().entry("d/", '5', new byte[10], h -> {}), "cannot have content");
        rejects(
                archive().entry("l", '2', new byte[10], h -> h.link("good")),
                "cannot have content");
    }

    @Test
    void a13_rejectsDataHiddenInPaddingAndFields() throws IOException {
        byte[] content = "x".getBytes(StandardCharsets.UTF_8);
        HostileArchives padded = new HostileArchives().entry("x", '0', content, h -> {});
        byte[] tar = Arrays.copyOf(padded.tar(), 2048);
        tar[1000] = 1;
        rejectsTar(tar, "between its entries");
        rejects(
                archive().entry("x", '0', content, h -> h.text(0, 100, "x\0hidden")),
                "goes on after its end");
    }

    @Test
    void a13_rejectsOtherFormats() throws IOException {
        rejects(
                archive().entry("x", '0', new byte[0], h -> h.text(257, 8, "ustar  ")),
                "POSIX tar format");
        rejects(
                archive().entry("x", '0', new byte[0], h -> h.text(257, 8, "")),
                "POSIX tar format");
    }

    @Test
    void a13_rejectsFileWithTheNameOfADirectory() throws IOException {
        rejects(archive().file("dir/", ""), "empty segment");
    }
}
