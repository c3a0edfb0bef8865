package dev.belay.packaging.durable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import dev.belay.packaging.digest.Digest;
import dev.belay.packaging.digest.Digests;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DurableFilesTest {
    private static final byte[] NEW = "new".getBytes(StandardCharsets.UTF_8);

    @TempDir Path directory;

    private List<Path> children() throws IOException {
        try (Stream<Path> children = Files.list(directory)) {
            return children.toList();
        }
    }

    private static String mode(Path path) throws IOException {
        return PosixFilePermissions.toString(
                Files.getPosixFilePermissions(path, LinkOption.NOFOLLOW_LINKS));
    }

    @Test
    void replacesAFileWholly() throws IOException {
        Path file = Files.writeString(directory.resolve("f".repeat(255)), "an old content");

        DurableFiles.write(file, NEW);
        assertThat(file).hasContent("new");
        assertThat(mode(file)).isEqualTo("rw-r--r--");
        DurableFiles.writeFrom(file, new ByteArrayInputStream(NEW), DurableFiles.PRIVATE);
        assertThat(mode(file)).isEqualTo("rw-------");
        assertThat(children()).containsExactly(file);
    }

    @Test
    void keepsTheOldFileWhenTheContentGivesUp() throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "old");

        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() ->
                        DurableFiles.write(
                                file,
                                DurableFiles.READABLE,
                                sink -> {
                                    sink.write(new byte[100_000]);
                                    throw new IOException("gives up");
                                }));

        assertThat(file).hasContent("old");
        assertThat(children()).containsExactly(file);
    }

    @Test
    void replacesALinkAndNotWhatItLeadsTo() throws IOException {
        Path target = Files.writeString(directory.resolve("target"), "old");
        Path link = Files.createSymbolicLink(directory.resolve("link"), target);

        DurableFiles.write(link, NEW);

        assertThat(link).isRegularFile().hasContent("new");
        assertThat(target).hasContent("old");
    }

    @Test
    void neverReplacesADirectory() throws IOException {
        Path occupied = Files.createDirectory(directory.resolve("occupied"));
        Path other = Files.createDirectory(directory.resolve("other"));

        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> DurableFiles.write(occupied, NEW));
        assertThatExceptionOfType(FileAlreadyExistsException.class)
                .isThrownBy(() -> DurableFiles.move(other, occupied));
        assertThatExceptionOfType(FileAlreadyExistsException.class)
                .isThrownBy(() -> DurableFiles.swapLink(occupied, other));
        assertThat(children()).containsExactlyInAnyOrder(occupied, other);
    }

    @Test
    void movesBetweenDirectories() throws IOException {
        Path from = Files.createDirectory(directory.resolve("from"));
        Files.writeString(from.resolve("f"), "x");
        Path to = Files.createDirectory(directory.resolve("sub")).resolve("to");

        DurableFiles.move(from, to);

        assertThat(to.resolve("f")).hasContent("x");
        assertThat(from).doesNotExist();
    }

    @Test
    void swapsALink() throws IOException {
        Path link = directory.resolve("current");

        DurableFiles.swapLink(link, Path.of("releases/1"));
        DurableFiles.swapLink(link, Path.of("releases/2"));

        assertThat(Files.readSymbolicLink(link)).isEqualTo(Path.of("releases/2"));
        assertThat(children()).containsExactly(link);
    }

    @Test
    void deletesOnce() throws IOException {
        Path file = Files.createFile(directory.resolve("file"));

        assertThat(DurableFiles.delete(file)).isTrue();
        assertThat(DurableFiles.delete(file)).isFalse();
    }

    @Test
    void createsMissingDirectoriesWithTheMode() throws IOException {
        Path deep = directory.resolve("a/b/c");

        DurableFiles.createDirectories(deep, DurableFiles.PRIVATE_DIRECTORY);
        DurableFiles.createDirectories(deep, DurableFiles.READABLE_DIRECTORY);

        assertThat(mode(deep)).isEqualTo("rwx------");
        assertThat(mode(directory.resolve("a"))).isEqualTo("rwx------");
    }

    @Test
    void createsOnlyWhatIsNotThere() throws IOException {
        Path file = directory.resolve("file");
        DurableFiles.create(file, DurableFiles.READABLE, sink -> sink.write(NEW));

        assertThatExceptionOfType(FileAlreadyExistsException.class)
                .isThrownBy(() -> DurableFiles.create(file, DurableFiles.READABLE, sink -> {}));
        assertThat(file).hasContent("new");
    }

    @Test
    void copiesATreeAsItIs() throws IOException {
        Path from = Files.createDirectories(directory.resolve("from"));
        Path odd = Files.writeString(from.resolve("-rf \n$(x) ü"), "odd");
        Files.setPosixFilePermissions(odd, PosixFilePermissions.fromString("r-x--x---"));
        FileTime time = FileTime.from(Instant.ofEpochSecond(981173106, 123456789));
        Files.setLastModifiedTime(odd, time);
        Files.createSymbolicLink(from.resolve("link"), Path.of("../outside"));
        Path locked = Files.createDirectory(from.resolve("locked"));
        Files.createFile(locked.resolve("empty"));
        Files.setLastModifiedTime(locked, time);
        Files.setPosixFilePermissions(locked, PosixFilePermissions.fromString("r-xr-x---"));
        Files.createFile(from.resolve("left-out"));
        Path to = directory.resolve("to");
        List<CopiedEntry> copied = new ArrayList<>();

        DurableFiles.copyTree(
                from,
                to,
                relative -> !relative.endsWith("left-out"),
                new CopyVisitor() {
                    @Override
                    public void copied(CopiedEntry entry) {
                        copied.add(entry);
                    }

                    @Override
                    public boolean wantsDigests() {
                        return true;
                    }
                });

        Path copy = to.resolve(odd.getFileName());
        assertThat(copy).hasContent("odd");
        assertThat(mode(copy)).isEqualTo("r-x--x---");
        assertThat(mode(to.resolve("locked"))).isEqualTo("r-xr-x---");
        assertThat(Files.getLastModifiedTime(copy)).isEqualTo(time);
        assertThat(Files.getLastModifiedTime(to.resolve("locked"))).isEqualTo(time);
        assertThat(Files.readSymbolicLink(to.resolve("link"))).isEqualTo(Path.of("../outside"));
        assertThat(to.resolve("left-out")).doesNotExist();
        assertThat(copied)
                .extracting(entry -> entry.relative().toString())
                .containsExactly(
                        "", odd.getFileName().toString(), "link", "locked", "locked/empty");
        assertThat(copied.get(1).digest())
                .contains(Digest.sha256("odd".getBytes(StandardCharsets.UTF_8)));
        assertThat(copied).allMatch(CopiedEntry::stable);
        DurableFiles.syncTree(to);
        DurableFiles.deleteTree(from);
        DurableFiles.deleteTree(to);
        assertThat(children()).isEmpty();
    }

    @Test
    void copiesSetIdBitsAndOwnersIfItMay() throws IOException {
        Path from = Files.createFile(directory.resolve("from"));
        Files.setAttribute(from, "unix:mode", 04755);
        if (Files.getAttribute(from, "unix:uid").equals(0)) {
            Files.setAttribute(from, "unix:uid", 65534);
            Files.setAttribute(from, "unix:gid", 65534);
            Files.setAttribute(from, "unix:mode", 04755);
        }
        Path to = directory.resolve("to");

        DurableFiles.copyTree(from, to, CopyFilter.ALL, CopyVisitor.NONE);

        assertThat(Files.readAttributes(to, "unix:mode,uid,gid"))
                .isEqualTo(Files.readAttributes(from, "unix:mode,uid,gid"));
    }

    @Test
    void copiesExtendedAttributesWhereThereAreAny() throws IOException {
        Path from = Files.createFile(directory.resolve("from"));
        UserDefinedFileAttributeView view =
                Files.getFileAttributeView(from, UserDefinedFileAttributeView.class);
        boolean supported = Files.getFileStore(from).supportsFileAttributeView("user");
        if (supported) {
            view.write("colour", StandardCharsets.UTF_8.encode("blue"));
        }
        Path to = directory.resolve("to");

        DurableFiles.copyTree(from, to, CopyFilter.ALL, CopyVisitor.NONE);

        if (supported) {
            assertThat(Files.getAttribute(to, "user:colour"))
                    .isEqualTo("blue".getBytes(StandardCharsets.UTF_8));
        } else {
            assertThat(to).exists();
        }
    }

    @Test
    void copiesEverySizeAndKeepsHoles() throws IOException {
        for (long size : new long[] {0, 1, 65535, 65536, 65537, 524288, 524289, 1 << 22}) {
            Path from = directory.resolve("from" + size);
            try (RandomAccessFile file = new RandomAccessFile(from.toFile(), "rw")) {
                file.setLength(size);
                if (size > 65536) {
                    file.seek(65536);
                    file.write(1);
                }
            }
            Path to = directory.resolve("to" + size);

            DurableFiles.copyTree(from, to, CopyFilter.ALL, CopyVisitor.NONE);

            assertThat(Digests.ofFile(to)).isEqualTo(Digests.ofFile(from));
        }
    }

    @Test
    void refusesToCopyOverSomethingOrSpecialFiles() throws Exception {
        Path from = Files.createDirectory(directory.resolve("from"));
        Path to = Files.createDirectory(directory.resolve("to"));
        Files.createFile(to.resolve("there"));
        assertThatExceptionOfType(FileSystemException.class)
                .isThrownBy(() -> DurableFiles.copyTree(from, to, CopyFilter.ALL, CopyVisitor.NONE))
                .withMessageContaining("not empty");

        Path pipe = from.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
        assertThatExceptionOfType(FileSystemException.class)
                .isThrownBy(() ->
                        DurableFiles.copyTree(
                                from, directory.resolve("x"), CopyFilter.ALL, CopyVisitor.NONE))
                .withMessageContaining("pipe");
    }

    @Test
    void deletesLinksAndNotWhatTheyLeadTo() throws IOException {
        Path precious = Files.createDirectory(directory.resolve("precious"));
        Files.writeString(precious.resolve("file"), "x");
        Path tree = Files.createDirectories(directory.resolve("tree/a/b"));
        Files.createSymbolicLink(tree.resolve("link"), precious);
        Path root = Files.createSymbolicLink(directory.resolve("root"), precious);

        DurableFiles.deleteTree(directory.resolve("tree"));
        DurableFiles.deleteTree(root);
        DurableFiles.deleteTree(directory.resolve("absent"));

        assertThat(children()).containsExactly(precious);
        assertThat(precious.resolve("file")).hasContent("x");
    }

    @Test
    void worksInMemory() throws IOException {
        try (FileSystem memory = Jimfs.newFileSystem(Configuration.unix())) {
            Path home = memory.getPath("/home");
            DurableFiles.createDirectories(home.resolve("a"), DurableFiles.PRIVATE_DIRECTORY);
            DurableFiles.write(home.resolve("a/file"), NEW);
            DurableFiles.copyTree(
                    home.resolve("a"), home.resolve("b"), CopyFilter.ALL, CopyVisitor.NONE);
            DurableFiles.swapLink(home.resolve("current"), memory.getPath("b"));
            DurableFiles.syncTree(home);
            try (DurableLog log = DurableLog.open(home.resolve("log"))) {
                log.append("{}");
            }
            DurableFiles.deleteTree(home.resolve("a"));

            assertThat(Files.readString(home.resolve("current/file"))).isEqualTo("new");
            assertThat(DurableLog.read(home.resolve("log")).records()).containsExactly("{}");
            assertThat(Files.exists(home.resolve("a"))).isFalse();
        }
    }

    @Test
    void theRootDirectoryIsInNoDirectory() {
        assertThatIllegalArgumentException().isThrownBy(() -> DurableFiles.parentOf(Path.of("/")));
    }
}
