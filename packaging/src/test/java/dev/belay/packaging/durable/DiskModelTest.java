package dev.belay.packaging.durable;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is recorded of real acts, and what may be left of them.
class DiskModelTest {
    @TempDir Path root;
    private Path file;

    @BeforeEach
    void aFileThatIsThere() throws IOException {
        file = Files.writeString(root.resolve("file"), "old");
    }

    private interface Deed {
        void run() throws IOException;
    }

    private DiskModel recorded(Deed deed) throws IOException {
        try (RecordingDisk disk = new RecordingDisk(root)) {
            deed.run();
            return disk.model();
        }
    }

    @Test
    void afterEachChangeOfADurableWriteTheFileIsTheOldOrTheNewOne() throws IOException {
        DiskModel model = recorded(() -> DurableFiles.write(file, bytes("new!")));
        for (int n = 0; n <= model.changes().size(); n++) {
            DiskModel cut = model.upTo(n);
            assertThat(text(cut.everything(), "file")).isIn("old", "new!");
            assertThat(text(cut.forced(), "file")).isIn("old", "new!");
            for (long seed = 0; seed < 50; seed++) {
                assertThat(text(cut.reordered(seed), "file")).isIn("old", "new!");
            }
        }
        assertThat(text(model.forced(), "file")).isEqualTo("new!");
        assertThat(model.forced().entries()).containsOnlyKeys("file");
    }

    @Test
    void aRenameWithoutAForceMayLeaveAnEmptyOrTornFile() throws IOException {
        DiskModel model =
                recorded(() -> {
                    Path temporary = Files.writeString(root.resolve("temporary"), "new!");
                    Disk.rename(temporary, file);
                });
        assertThat(text(model.everything(), "file")).isEqualTo("new!");
        assertThat(text(model.forced(), "file")).isEqualTo("old");
        assertThat(left(model, tree -> text(tree, "file")))
                .contains("old", "", "new!", "n", "ne\0\0");
    }

    @Test
    void anAppendThatWasNotForcedMayBeThereInPart() throws IOException {
        DiskModel model = recorded(() -> Files.writeString(file, "old and new"));
        assertThat(text(model.forced(), "file")).isEqualTo("old");
        assertThat(left(model, tree -> text(tree, "file")))
                .contains("old", "old and new", "old and", "old and\0\0\0\0")
                .allMatch(text -> "old and new".startsWith(text.replace("\0", "")));
    }

    @Test
    void aFileThatWasForcedMayStillHaveNoName() throws IOException {
        DiskModel model =
                recorded(() ->
                        DurableFiles.create(
                                root.resolve("made"),
                                DurableFiles.READABLE,
                                sink -> sink.write(bytes("made"))));
        assertThat(model.forced().entries()).doesNotContainKey("made");
        assertThat(left(model, tree -> String.valueOf(tree.entries().containsKey("made"))))
                .containsExactly("false", "true");
    }

    @Test
    void aDirectoryMovesAsAWhole() throws IOException {
        Files.createDirectories(root.resolve("a/b"));
        Files.createDirectory(root.resolve("c"));
        Files.writeString(root.resolve("a/b/x"), "x");
        DiskModel model = recorded(() -> Disk.rename(root.resolve("a/b"), root.resolve("c/b")));
        assertThat(model.forced().entries()).containsKey("a/b/x").doesNotContainKey("c/b");
        assertThat(model.everything().entries()).containsKey("c/b/x").doesNotContainKey("a/b");
        DiskModel whole =
                model.then(recorded(() -> DurableFiles.syncDirectory(root.resolve("c"))).changes());
        assertThat(whole.forced().entries()).containsKey("c/b/x").doesNotContainKey("a/b");
    }

    @Test
    void whatIsRemovedInATreeMayComeBackInAnyOrder() throws IOException {
        Files.createDirectory(root.resolve("tree"));
        Files.writeString(root.resolve("tree/1"), "1");
        Files.writeString(root.resolve("tree/2"), "2");
        DiskModel model = recorded(() -> TreeDelete.delete(root.resolve("tree")));
        assertThat(model.everything().entries()).containsOnlyKeys("file");
        assertThat(model.forced().entries()).containsOnlyKeys(model.start().entries().keySet());
        assertThat(left(model, tree -> tree.entries().keySet().toString()))
                .contains("[file]", "[file, tree]", "[file, tree, tree/1]", "[file, tree, tree/2]");
    }

    @Test
    void aTreeIsMadeAsItWasRecorded() throws IOException {
        Files.createDirectories(root.resolve("d/e"));
        Files.createSymbolicLink(root.resolve("d/link"), Path.of("../file"));
        DiskTree tree = recorded(() -> {}).start();
        Path copy = root.resolve("d/copy");
        tree.writeTo(copy);
        try (RecordingDisk disk = new RecordingDisk(copy)) {
            DiskTree again = disk.model().start();
            assertThat(again.entries().keySet()).isEqualTo(tree.entries().keySet());
            assertThat(again.entries().get("d")).isEqualTo(tree.entries().get("d"));
            assertThat(again.entries().get("d/link")).isEqualTo(tree.entries().get("d/link"));
            assertThat(again.entries().get("file").modified())
                    .isEqualTo(tree.entries().get("file").modified());
        }
    }

    /// What chance makes of it.
    private static Set<String> left(DiskModel model, Function<DiskTree, String> look) {
        return IntStream.range(0, 1000)
                .mapToObj(seed -> look.apply(model.reordered(seed)))
                .collect(TreeSet::new, Set::add, Set::addAll);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(DiskTree tree, String path) {
        return new String(
                ((DiskTree.RegularFile) tree.entries().get(path)).bytes(), StandardCharsets.UTF_8);
    }
}
