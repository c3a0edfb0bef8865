package dev.belay.packaging.durable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.belay.packaging.durable.LogContent.Tail;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Row D05 of the fault list, and every other act that may fail: what was there stays whole, and
/// nothing is believed of a file whose fsync failed.
class DiskFailureTest {
    private static final byte[] NEW = {'n', 'e', 'w'};
    private static final Predicate<DiskAct> FSYNC = DiskAct.Force.class::isInstance;

    @TempDir Path directory;
    private Path file;

    @BeforeEach
    void makeFile() throws IOException {
        file = Files.writeString(directory.resolve("file"), "old");
    }

    private interface Deed {
        void run() throws IOException;
    }

    private interface Check {
        void run(DiskAct failed) throws IOException;
    }

    private static void fails(Deed deed) {
        assertThatExceptionOfType(FileSystemException.class)
                .isThrownBy(deed::run)
                .withMessageContaining("Input/output error");
    }

    /// Lets each act of a deed fail in turn.
    private static void eachActFails(Deed prepare, Deed deed, Check check) throws IOException {
        for (int number = 0; ; number++) {
            prepare.run();
            List<DiskAct> acts;
            try (FailingDisk disk = FailingDisk.atAct(number)) {
                try {
                    deed.run();
                    assertThat(disk.acts()).as("every act was reached").hasSize(number);
                    assertThat(number).isGreaterThan(1);
                    return;
                } catch (FileSystemException e) {
                    assertThat(e).hasMessageContaining("Input/output error");
                }
                acts = disk.acts();
            }
            check.run(acts.get(number));
        }
    }

    private List<String> names() throws IOException {
        try (Stream<Path> children = Files.list(directory)) {
            return children.map(path -> path.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void d05_aFileThatCannotBeForcedIsGivenUpAndTheOldOneStays() throws IOException {
        try (FailingDisk disk = FailingDisk.once(FSYNC)) {
            fails(() -> DurableFiles.write(file, NEW));
            assertThat(file).hasContent("old");
            assertThat(names()).containsExactly("file");

            DurableFiles.write(file, NEW);
            assertThat(disk.acts().stream().filter(FSYNC).map(DiskAct::path))
                    .as("the second attempt is another file")
                    .doesNotHaveDuplicates()
                    .hasSize(2);
        }
        assertThat(file).hasContent("new");
    }

    @Test
    void aFileIsTheOldOneOrTheNewOneWhateverFails() throws IOException {
        eachActFails(
                () -> Files.writeString(file, "old"),
                () -> DurableFiles.write(file, NEW),
                failed -> {
                    boolean renamed = failed instanceof DiskAct.ForceDirectory;
                    assertThat(file).hasContent(renamed ? "new" : "old");
                    assertThat(names()).containsExactly("file");
                });
        assertThat(file).hasContent("new");
    }

    @Test
    void aLinkIsTheOldOneOrTheNewOneWhateverFails() throws IOException {
        Path link = directory.resolve("link");
        eachActFails(
                () -> {
                    Files.deleteIfExists(link);
                    Files.createSymbolicLink(link, Path.of("1"));
                },
                () -> DurableFiles.swapLink(link, Path.of("2")),
                failed -> {
                    boolean renamed = failed instanceof DiskAct.ForceDirectory;
                    assertThat(Files.readSymbolicLink(link)).hasToString(renamed ? "2" : "1");
                    assertThat(names()).containsExactly("file", "link");
                });
    }

    @Test
    void whatIsMovedIsInOneOfTheTwoPlacesWhateverFails() throws IOException {
        Path other = Files.createDirectory(directory.resolve("other")).resolve("file");
        eachActFails(
                () -> {
                    Files.deleteIfExists(other);
                    Files.writeString(file, "old");
                },
                () -> DurableFiles.move(file, other),
                failed -> assertThat(Files.exists(file)).isNotEqualTo(Files.exists(other)));
    }

    @Test
    void aDirectoryThatCannotBeForcedIsNotAnnouncedAsMade() {
        Path deep = directory.resolve("a/b");
        try (FailingDisk _ = FailingDisk.once(DiskAct.ForceDirectory.class::isInstance)) {
            fails(() -> DurableFiles.createDirectories(deep, DurableFiles.PRIVATE_DIRECTORY));
        }
        try (FailingDisk _ = FailingDisk.at(DiskAct.ForceDirectory.class::isInstance)) {
            fails(() -> DurableFiles.syncDirectory(directory));
            fails(() -> DurableFiles.delete(file));
        }
    }

    @Test
    void d05_aRecordThatCannotBeForcedIsNotAcknowledgedAndEndsTheLog() throws IOException {
        Path journal = directory.resolve("journal.log");
        try (DurableLog log = DurableLog.open(journal)) {
            log.append("{\"n\":1}");
            try (FailingDisk disk = FailingDisk.once(FSYNC)) {
                fails(() -> log.append("{\"n\":2}"));
                assertThatExceptionOfType(IOException.class)
                        .isThrownBy(() -> log.append("{\"n\":3}"))
                        .withMessageContaining("open the log again");
                assertThat(disk.acts().stream().filter(FSYNC)).hasSize(1);
            }
        }
        assertThat(DurableLog.read(journal).records()).containsExactly("{\"n\":1}");
        assertThat(DurableLog.read(journal).tail()).isEqualTo(Tail.TORN);
        try (DurableLog log = DurableLog.open(journal)) {
            log.append("{\"n\":4}");
        }
        assertThat(DurableLog.read(journal).records()).containsExactly("{\"n\":1}", "{\"n\":4}");
    }

    @Test
    void aLogKeepsWhatWasAcknowledgedWhateverFails() throws IOException {
        Path journal = directory.resolve("journal.log");
        eachActFails(
                () -> {
                    Files.deleteIfExists(journal);
                    try (DurableLog log = DurableLog.open(journal)) {
                        log.append("{\"n\":1}");
                    }
                },
                () -> {
                    try (DurableLog log = DurableLog.open(journal)) {
                        log.append("{\"n\":2}");
                    }
                },
                failed -> {
                    assertThat(DurableLog.read(journal).records()).containsExactly("{\"n\":1}");
                    assertThat(DurableLog.read(journal).tail()).isNotEqualTo(Tail.DAMAGED);
                    assertThat(names()).containsExactly("file", "journal.log");
                });
    }

    /// A small tree is forced on the calling thread, a large one by several.
    @ParameterizedTest
    @ValueSource(ints = {2, 40})
    void d05_aTreeWithAFileThatCannotBeForcedIsNoCopy(int files) throws IOException {
        Path from = Files.createDirectory(directory.resolve("from"));
        for (int i = 0; i < files; i++) {
            Files.writeString(from.resolve("f" + i), "content " + i);
        }
        Path to = directory.resolve("to");
        for (Predicate<DiskAct> act : List.of(FSYNC, DiskAct.ForceDirectory.class::isInstance)) {
            try (FailingDisk disk = FailingDisk.once(act)) {
                fails(() -> DurableFiles.copyTree(from, to, CopyFilter.ALL, CopyVisitor.NONE));
                assertThat(disk.acts().stream().filter(FSYNC).map(DiskAct::path))
                        .doesNotHaveDuplicates();
            }
            DurableFiles.deleteTree(to);
        }

        DurableFiles.copyTree(from, to, CopyFilter.ALL, CopyVisitor.NONE);

        assertThat(contents(to)).isEqualTo(contents(from)).hasSize(files);
    }

    @Test
    void aCopyIsWholeOrFailsAndTheSourceStays() throws IOException {
        Path from = Files.createDirectories(directory.resolve("from/sub"));
        Files.writeString(from.resolve("f"), "content");
        Files.createSymbolicLink(from.resolve("link"), Path.of("f"));
        Path to = directory.resolve("to");
        Map<String, String> before = contents(from);
        eachActFails(
                () -> DurableFiles.deleteTree(to),
                () -> DurableFiles.copyTree(from.getParent(), to, CopyFilter.ALL, CopyVisitor.NONE),
                failed -> assertThat(contents(from)).isEqualTo(before));
        assertThat(contents(to)).isEqualTo(contents(from.getParent()));
    }

    @Test
    void aTreeThatCannotBeRemovedIsStillThereOrEmptied() throws IOException {
        Path tree = directory.resolve("tree");
        eachActFails(
                () -> {
                    Files.createDirectories(tree.resolve("sub"));
                    Files.writeString(tree.resolve("sub/f"), "x");
                },
                () -> DurableFiles.deleteTree(tree),
                failed -> assertThat(file).hasContent("old"));
        assertThat(names()).containsExactly("file");
    }

    private static Map<String, String> contents(Path root) throws IOException {
        Map<String, String> contents = new TreeMap<>();
        try (Stream<Path> all = Files.walk(root)) {
            for (Path path : all.filter(p -> !Files.isDirectory(p)).toList()) {
                contents.put(
                        root.relativize(path).toString(),
                        Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)
                                ? Files.readString(path)
                                : Files.readSymbolicLink(path).toString());
            }
        }
        return contents;
    }

    @Test
    void aTreeThatOthersRelyOnIsDeletedAsAWhole() throws IOException {
        Path tree = directory.resolve("tree");
        eachActFails(
                () -> {
                    DurableFiles.deleteTree(directory.resolve(".deleting-tree"));
                    Files.createDirectories(tree.resolve("1"));
                    if (Files.notExists(tree.resolve("2"))) {
                        Files.createFile(tree.resolve("2"));
                    }
                },
                () -> DurableFiles.deleteWhole(tree),
                failed -> {
                    assertThat(Files.exists(tree)).isEqualTo(Files.exists(tree.resolve("1")));
                    assertThat(Files.exists(tree)).isEqualTo(Files.exists(tree.resolve("2")));
                    DurableFiles.deleteWhole(tree);
                    assertThat(names()).containsExactly("file");
                });
    }
}
