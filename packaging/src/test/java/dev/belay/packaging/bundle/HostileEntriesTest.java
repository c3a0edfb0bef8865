package dev.belay.packaging.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.packaging.archive.HostileArchives;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Rows A01 to A09 and A14 of the fault list: names, links, kinds and modes of single entries.
class HostileEntriesTest extends BundleAttacks {
    @Test
    void acceptsAnOrdinaryArchive() throws IOException {
        assertThat(unpack(bundle(archive().symlink("link", "good/file"))).files())
                .extracting(file -> file.path().value())
                .containsExactly(".release/release.yaml", "good", "good/file", "link");
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
        rejects(archive().symlink("link", "good").file("link/x", ""), "lies below");
    }

    @Test
    void a03_rejectsSymlinkPutAboveAnExistingFile() throws IOException {
        rejects(new HostileArchives().file("dir/x", "x").symlink("dir", "good"), "clashes");
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
        rejects(
                new HostileArchives().directory("dir/").symlink("dir", "good").file("dir/x", "x"),
                "clashes");
    }

    @Test
    void a04_rejectsDirectoryReplacedBySymlinkInOtherCase() throws IOException {
        rejects(
                new HostileArchives().directory("dir/").symlink("DIR", "good").file("dir/x", "x"),
                "clashes");
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
            archive.symlink(path + link, segment).directory(path + segment);
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
        unpack(
                bundle(
                        new HostileArchives()
                                .entry(
                                        "tool",
                                        '0',
                                        new byte[0],
                                        h -> h.mode("0000774").text(108, 8, "0001750"))));

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
        rejects(archive().file(name, ""), "\"");
    }

    @Test
    void a09_rejectsDirectoryListedTwice() throws IOException {
        rejects(archive().directory("good/"), "clashes");
    }

    @Test
    void a09_rejectsUnicodeDuplicates() throws IOException {
        rejects(new HostileArchives().file("caf\u00e9", "x").file("cafe\u0301", ""), "clashes");
        rejects(archive().file("stra\u00dfe", "x").file("STRASSE", ""), "clashes");
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
        List<String> names = List.of("$(x)", "'q'", "*", "-rf", "a b", "~", longest, "日本語");
        HostileArchives archive = new HostileArchives();
        for (String name : names) {
            archive.pax("path=" + name).file("x", name);
        }
        unpack(bundle(archive));

        for (String name : names) {
            assertThat(root.resolve(name)).hasContent(name);
        }
    }
}
