package dev.belay.packaging.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Rows A01 to A14 of the fault list: the whole archive is rejected, and nothing is left of it.
class HostileArchiveTest {
    private static final ArchiveLimits LIMITS = new ArchiveLimits(1000, 16, 200, 1 << 20, 200);

    @TempDir Path directory;
    private Path root;

    @BeforeEach
    void makeRoot() throws IOException {
        root = Files.createDirectory(directory.resolve("root"));
    }

    private static HostileArchives archive() {
        return new HostileArchives().directory("good/").file("good/file", "content");
    }

    private void rejects(HostileArchives archive, String reason) throws IOException {
        rejects(archive.tarGz(), reason);
    }

    private void rejects(byte[] tarGz, String reason) throws IOException {
        Path file = Files.write(directory.resolve("hostile.tgz"), tarGz);
        assertThatExceptionOfType(HostileArchiveException.class)
                .isThrownBy(() -> SafeExtractor.extract(file, root, LIMITS))
                .withMessageContaining(reason)
                .matches(e -> e.kind().equals("archive-rejected"))
                .matches(e -> e.getMessage().chars().noneMatch(Character::isISOControl));
        try (Stream<Path> left = Files.walk(directory)) {
            assertThat(left).containsExactlyInAnyOrder(directory, file);
        }
        Files.createDirectory(root);
        try (ArchiveReader reader = ArchiveReader.open(file, LIMITS)) {
            assertThatExceptionOfType(HostileArchiveException.class)
                    .as("the verifier's verdict is the extractor's")
                    .isThrownBy(() -> readAll(reader));
        } catch (HostileArchiveException e) {
            assertThat(e).hasMessageContaining(reason);
        }
    }

    private static void readAll(ArchiveReader reader) throws IOException {
        while (reader.next().isPresent()) {
            try (InputStream content = reader.content()) {
                content.transferTo(OutputStream.nullOutputStream());
            }
        }
    }

    @Test
    void acceptsAnOrdinaryArchive() throws IOException {
        Path file =
                Files.write(
                        directory.resolve("ok.tgz"),
                        archive().symlink("link", "good/file").tarGz());

        assertThat(SafeExtractor.extract(file, root, LIMITS))
                .extracting(ArchiveEntry::path)
                .containsExactly("good", "good/file", "link");
        assertThat(root.resolve("link")).hasContent("content").isSymbolicLink();
    }

    @ParameterizedTest
    @ValueSource(strings = {"../x", "good/../../x", "good/..", "..", "good/./x", "good//x"})
    void a01_rejectsDotDotEntry(String name) throws IOException {
        rejects(archive().file(name, "x"), "segment");
    }

    @Test
    void a01_rejectsDotDotInPrefixField() throws IOException {
        rejects(archive().entry("x", '0', new byte[0], h -> h.prefix("..")), "segment ..");
    }

    @Test
    void a01_rejectsDotDotInExtendedHeader() throws IOException {
        rejects(archive().pax("path=../x").file("innocent", "x"), "segment ..");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/etc/passwd", "//x", "C:\\x", "good\\x"})
    void a02_rejectsAbsolutePath(String name) throws IOException {
        rejects(archive().file(name, "x"), "the name");
    }

    @Test
    void a02_rejectsAbsolutePathInExtendedHeader() throws IOException {
        rejects(archive().pax("path=/etc/cron.d/x").file("innocent", "x"), "is absolute");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"..", "../x", "good/../../x", "good/..", "/", "/etc", "./..", "a//b", "../"})
    void a03_rejectsSymlinkThatMayLeaveTheTree(String target) throws IOException {
        rejects(archive().symlink("link", target), "the link");
    }

    @Test
    void a03_rejectsFileThroughSymlink() throws IOException {
        rejects(archive().symlink("link", "good").file("link/x", "x"), "lies below");
    }

    @Test
    void a03_rejectsSymlinkPutAboveAnExistingFile() throws IOException {
        rejects(archive().file("dir/x", "x").symlink("dir", "good"), "clashes");
    }

    @Test
    void a03_rejectsEmptyLinkAndLinkOfAFile() throws IOException {
        rejects(archive().symlink("link", ""), "missing or out of place");
        rejects(
                archive().entry("x", '0', new byte[0], h -> h.link("good")),
                "missing or out of place");
    }

    @Test
    void a04_rejectsDirectoryReplacedBySymlink() throws IOException {
        rejects(archive().directory("dir/").symlink("dir", "good").file("dir/x", "x"), "clashes");
    }

    @Test
    void a04_rejectsDirectoryReplacedBySymlinkInOtherCase() throws IOException {
        rejects(archive().directory("dir/").symlink("DIR", "good").file("dir/x", "x"), "clashes");
    }

    @Test
    void a05_rejectsHardLink() throws IOException {
        rejects(
                archive().entry("hard", '1', new byte[0], h -> h.link("/etc/passwd")),
                "neither a file");
    }

    @Test
    void a06_rejectsChainOfLinksThatClimbsThroughAnotherLink() throws IOException {
        rejects(
                archive().symlink("good/up", "..").symlink("escape", "good/up/../../etc"),
                "segment ..");
    }

    @Test
    void a06_rejectsLongChainWithoutAskingTheFileSystem() throws IOException {
        HostileArchives archive = new HostileArchives();
        String segment = "d".repeat(60);
        String path = "";
        for (char link = 'a'; link <= 'k'; link++) {
            archive.directory(path + segment).symlink(path + link, segment);
            path += link + "/";
        }
        rejects(archive, "lies below");
    }

    @ParameterizedTest
    @ValueSource(
            chars = {'1', '3', '4', '6', '7', 'D', 'K', 'L', 'M', 'N', 'S', 'V', 'g', 'X', 'A'})
    void a07_rejectsEveryOtherKindOfEntry(char type) throws IOException {
        rejects(archive().entry("special", type, new byte[0], h -> {}), "neither a file");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GNU.sparse.major=1",
                "GNU.sparse.name=x",
                "GNU.sparse.map=0,1",
                "SCHILY.realsize=5"
            })
    void a07_rejectsSparseFiles(String record) throws IOException {
        rejects(archive().pax(record).file("sparse", "x"), "has the keyword");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0004755", "0002755", "0001755", "0000666", "0000777", "0000002"})
    void a08_rejectsDangerousModes(String mode) throws IOException {
        rejects(archive().entry("bin", '0', new byte[0], h -> h.mode(mode)), "the mode of \"bin\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SCHILY.xattr.security.capability=x",
                "SCHILY.acl.access=user::rwx",
                "LIBARCHIVE.xattr.user.a=eA==",
                "uid=1",
                "uname=root",
                "RHT.security.selinux=x"
            })
    void a08_rejectsAttributesAndCapabilities(String record) throws IOException {
        rejects(archive().pax(record).file("x", "x"), "has the keyword");
    }

    @Test
    void a08_takesNeitherOwnerNorGroupWriteFromTheArchive() throws IOException {
        byte[] tarGz =
                new HostileArchives()
                        .entry(
                                "tool",
                                '0',
                                new byte[0],
                                h -> h.mode("0000774").text(108, 8, "0001750"))
                        .tarGz();
        Path file = Files.write(directory.resolve("ok.tgz"), tarGz);

        SafeExtractor.extract(file, root, LIMITS);

        Path tool = root.resolve("tool");
        assertThat(Files.getPosixFilePermissions(tool))
                .hasToString(
                        "[OWNER_READ, OWNER_WRITE, "
                                + "OWNER_EXECUTE, GROUP_READ, GROUP_EXECUTE, OTHERS_READ, OTHERS_EXECUTE]");
        assertThat(Files.getOwner(tool)).isEqualTo(Files.getOwner(directory));
    }

    @ParameterizedTest
    @ValueSource(strings = {"good/file", "good/FILE", "Good/file2", "good/file/below"})
    void a09_rejectsDuplicates(String name) throws IOException {
        rejects(archive().file(name, "x"), "\"");
    }

    @Test
    void a09_rejectsDirectoryListedTwice() throws IOException {
        rejects(archive().directory("good/"), "clashes");
    }

    @Test
    void a09_rejectsUnicodeDuplicates() throws IOException {
        rejects(archive().file("caf\u00e9", "x").file("cafe\u0301", "x"), "clashes");
        rejects(archive().file("stra\u00dfe", "x").file("STRASSE", "x"), "clashes");
    }

    @Test
    void a10_rejectsTooManyEntries() throws IOException {
        HostileArchives archive = new HostileArchives();
        for (int i = 0; i < 1001; i++) {
            archive.file("f" + i, "");
        }
        rejects(archive, "more than 1000 entries");
    }

    @Test
    void a10_rejectsTooDeepAndTooLongPaths() throws IOException {
        rejects(archive().pax("path=" + "d/".repeat(2000) + "f").file("x", ""), "too long");
        rejects(archive().file("d/".repeat(16) + "f", ""), "too deep");
        rejects(archive().pax("path=" + "n".repeat(256)).file("x", ""), "255 bytes");
    }

    @Test
    void a11_rejectsBombByRatio() throws IOException {
        Path file =
                Files.write(
                        directory.resolve("bomb.tgz"),
                        new HostileArchives()
                                .entry("zeros", '0', new byte[20 << 20], h -> {})
                                .tarGz());
        assertThatExceptionOfType(HostileArchiveException.class)
                .isThrownBy(() ->
                        SafeExtractor.extract(file, root, LIMITS.withMaxUnpackedBytes(1 << 30)))
                .withMessageContaining("200 times");
        assertThat(root).doesNotExist();
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
        byte[] whole = archive().tarGz();
        for (int length = 0; length < whole.length; length++) {
            rejects(Arrays.copyOf(whole, length), "it is");
        }
    }

    @Test
    void a13_rejectsTarWithoutEnd() throws IOException {
        rejects(HostileArchives.gzip(archive().tar()), "cut off");
        rejects(HostileArchives.gzip(archive().raw(new byte[512]).tar()), "cut off");
        rejects(HostileArchives.gzip(archive().raw(new byte[700]).tar()), "cut off");
    }

    @Test
    void a13_rejectsTrailingGarbage() throws IOException {
        byte[] whole = archive().tarGz();
        rejects(Arrays.copyOf(whole, whole.length + 1), "after its end");
        rejects(archive().raw(new byte[1024]).file("late", "x"), "after its end");
        rejects(archive().raw(new byte[512]).file("late", "x"), "after its end");
        rejects(archive().raw(new byte[1 << 20]), "after its end");
    }

    @Test
    void a13_rejectsConcatenatedGzipMembers() throws IOException {
        byte[] first = archive().tarGz();
        byte[] both = Arrays.copyOf(first, first.length * 2);
        System.arraycopy(first, 0, both, first.length, first.length);
        rejects(both, "after its end");

        byte[] tar = archive().raw(new byte[1024]).tar();
        byte[] head = HostileArchives.gzip(Arrays.copyOf(tar, 512));
        byte[] tail = HostileArchives.gzip(Arrays.copyOfRange(tar, 512, tar.length));
        byte[] split = Arrays.copyOf(head, head.length + tail.length);
        System.arraycopy(tail, 0, split, head.length, tail.length);
        rejects(split, "after its end");
    }

    @Test
    void a13_rejectsGzipWithOptionalFields() throws IOException {
        byte[] named = archive().tarGz();
        named[3] = 8;
        rejects(named, "not a plain gzip");
    }

    @Test
    void a13_rejectsEveryFlippedBitThatChangesTheContent() throws IOException {
        byte[] whole = archive().tarGz();
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
        rejects(HostileArchives.gzip(tar), "between its entries");
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

    @ParameterizedTest
    @ValueSource(
            strings = {
                "new\nline",
                "esc\u001b[2J",
                "tab\t",
                "del\u007f",
                "rtl\u202e",
                "c1\u0085",
                "\u2028"
            })
    void a14_rejectsControlCharacters(String name) throws IOException {
        rejects(archive().file(name, ""), "contains control characters");
    }

    @Test
    void a14_rejectsNamesThatAreNotUtf8() throws IOException {
        rejects(
                archive()
                        .entry(
                                "",
                                '0',
                                new byte[0],
                                h -> h.bytes(0, 100, new byte[] {(byte) 0xe9})),
                "not in UTF-8");
        rejects(archive().file("", ""), "has no name");
    }

    @Test
    void a14_takesStrangeButHarmlessNames() throws IOException {
        String longest = "\u00fc".repeat(127) + "x";
        List<String> names = List.of("-rf", "a b", "$(x)", "'q'", "*", "~", "日本語", longest);
        HostileArchives archive = new HostileArchives();
        for (String name : names) {
            archive.pax("path=" + name).file("x", name);
        }
        Path file = Files.write(directory.resolve("ok.tgz"), archive.tarGz());

        SafeExtractor.extract(file, root, new ArchiveLimits(100, 16, 300, 1 << 20, 200));

        for (String name : names) {
            assertThat(root.resolve(name)).hasContent(name);
        }
    }
}
