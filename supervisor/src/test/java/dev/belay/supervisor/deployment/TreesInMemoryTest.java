package dev.belay.supervisor.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import dev.belay.packaging.durable.DiskAct;
import dev.belay.packaging.durable.FailingDisk;
import dev.belay.versys.release.Layout;
import dev.belay.versys.version.Version;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The trees of a home and how they are exchanged, in memory: what is asked here is which file is
/// where after which acts, and what a repetition makes of a disk that failed.
class TreesInMemoryTest {
    private final Home home = new Home(memory().getPath("/home"));
    private final Path before = home.aside().resolve("1/before");
    private final Path failed = home.aside().resolve("1/failed");
    private final Path next = home.aside().resolve("1/next");

    private static FileSystem memory() {
        return Jimfs.newFileSystem(
                Configuration.unix().toBuilder().setAttributeViews("basic", "posix").build());
    }

    private static void write(Path file, String content) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }

    private Map<String, String> files(Path root) throws IOException {
        Map<String, String> files = new TreeMap<>();
        try (Stream<Path> all = Files.exists(root) ? Files.walk(root) : Stream.empty()) {
            for (Path path : all.filter(Files::isRegularFile).toList()) {
                files.put(root.relativize(path).toString(), Files.readString(path));
            }
        }
        return files;
    }

    private void makeTrees() throws IOException {
        home.create();
        write(home.config().resolve("a.xml"), "old");
        write(home.data().resolve("db"), "old rows");
        write(next.resolve("config/a.xml"), "new");
        write(next.resolve("data/db"), "new rows");
    }

    @Test
    void treesAreExchangedAndPutBackWhateverFailsOnTheWay() throws IOException {
        makeTrees();
        Map<String, String> old = files(home.config());
        LiveTrees trees = new LiveTrees(home);
        for (int number = 0; ; number++) {
            boolean whole = true;
            try (FailingDisk _ = FailingDisk.atAct(number)) {
                trees.exchange(before, next);
            } catch (UncheckedIOException e) {
                whole = false;
                trees.exchange(before, next);
            }
            assertThat(home.config().resolve("a.xml")).hasContent("new");
            assertThat(home.data().resolve("db")).hasContent("new rows");
            assertThat(before.resolve("data/db")).hasContent("old rows");

            boolean back = true;
            try (FailingDisk _ = FailingDisk.atAct(number)) {
                trees.putBack(before, failed);
            } catch (UncheckedIOException e) {
                back = false;
                trees.putBack(before, failed);
            }
            assertThat(files(home.config())).isEqualTo(old);
            assertThat(home.data().resolve("db")).hasContent("old rows");
            assertThat(failed.resolve("config/a.xml")).hasContent("new");
            if (whole && back) {
                assertThat(number).isGreaterThan(8);
                return;
            }
            Files.move(failed.resolve("config"), next.resolve("config"));
            Files.move(failed.resolve("data"), next.resolve("data"));
            Files.delete(failed);
            Files.delete(before);
        }
    }

    @Test
    void aHalfExchangeIsPutBackToo() throws IOException {
        for (int number = 0; ; number++) {
            TreesInMemoryTest attempt = new TreesInMemoryTest();
            attempt.makeTrees();
            LiveTrees trees = new LiveTrees(attempt.home);
            boolean whole = true;
            try (FailingDisk _ = FailingDisk.atAct(number)) {
                trees.exchange(attempt.before, attempt.next);
            } catch (UncheckedIOException e) {
                whole = false;
            }
            trees.putBack(attempt.before, attempt.failed);
            assertThat(attempt.home.config().resolve("a.xml")).hasContent("old");
            assertThat(attempt.home.data().resolve("db")).hasContent("old rows");
            if (whole) {
                return;
            }
        }
    }

    @Test
    void aStagedReleaseLeadsToTheLiveTreesAndKeepsWhatItShipped() throws IOException {
        home.create();
        Path release = home.release(Version.of("1.0.0"));
        write(release.resolve("bin/shop"), "program");
        write(release.resolve("conf/deep/shop.properties"), "port=1");
        write(release.resolve("data/README"), "hello");
        Layout layout =
                new Layout(
                        List.of(
                                new Layout.ConfigPath(
                                        "conf/deep/shop.properties", false, Optional.empty())),
                        List.of(
                                new Layout.DataPath("data", true),
                                new Layout.DataPath("data/inner", true)),
                        List.of(new Layout.DataPath("cache", true)));

        new StagedTree(release).arrange(layout);

        Path link = release.resolve("conf/deep/shop.properties");
        assertThat(Files.readSymbolicLink(link))
                .hasToString("../../../../config/conf/deep/shop.properties");
        assertThat(Files.readSymbolicLink(release.resolve("data"))).hasToString("../../data/data");
        assertThat(release.resolve(".release/defaults/conf/deep/shop.properties"))
                .hasContent("port=1");
        assertThat(release.resolve(".release/data/data/README")).hasContent("hello");
        assertThat(release.resolve("cache")).isEmptyDirectory();
        assertThat(release.resolve("bin/shop")).hasContent("program");
    }

    @Test
    void aConfigurationFileThatTheAdminRemovedStaysRemoved() throws IOException {
        home.create();
        Deployment from = release("1.0.0", "conf/a.xml", "conf/b.xml");
        Deployment to = release("2.0.0", "conf/a.xml", "conf/b.xml", "conf/c.xml");
        write(home.config().resolve("conf/b.xml"), "mine");

        new WorkingCopies(home, next).make(from, to, Map.of(), _ -> {});

        assertThat(files(next.resolve("config")))
                .isEqualTo(Map.of("conf/b.xml", "mine", "conf/c.xml", "shipped by 2.0.0"));
    }

    private Deployment release(String version, String... config) throws IOException {
        Path release = home.release(Version.of(version));
        write(
                release.resolve(".release/release.yaml"),
                "product: shop\nversion: %s\nplatform: any\nlayout: {config: [%s]}\n"
                        .formatted(version, String.join(", ", config)));
        for (String path : config) {
            write(release.resolve(".release/defaults").resolve(path), "shipped by " + version);
        }
        return Deployment.open(home, Version.of(version));
    }

    @Test
    void onlyWhatIsNeededForNoWayBackIsRemoved() throws IOException {
        home.create();
        for (String version : List.of("1.0.0", "1.1.0", "2.0.0", "3.0.0")) {
            write(home.release(Version.of(version)).resolve("bin/shop"), version);
        }
        Files.createSymbolicLink(
                home.current(), home.root().getFileSystem().getPath("releases/3.0.0"));
        write(home.aside().resolve("run-1/config/a"), "1");
        write(home.aside().resolve("run-2/config/a"), "2");
        write(home.cache().resolve("bundle.tgz"), "x");
        write(home.data().resolve("db"), "rows");
        Files.createSymbolicLink(home.cache().resolve("link"), home.data());
        Retention retention = new Retention(home);

        retention.keepReleases(Set.of(Version.of("1.1.0")));
        retention.keepAside(Set.of("run-2"), _ -> false);
        retention.emptyCache();

        assertThat(files(home.releases()).keySet())
                .containsExactly("1.1.0/bin/shop", "3.0.0/bin/shop");
        assertThat(files(home.aside()).keySet()).containsExactly("run-2/config/a");
        assertThat(home.cache()).isEmptyDirectory();
        assertThat(home.data().resolve("db")).hasContent("rows");
    }

    @Test
    void whatWasPutBackBeforeIsForcedByWhoFindsItSo() throws IOException {
        makeTrees();
        LiveTrees trees = new LiveTrees(home);
        trees.exchange(before, next);
        trees.putBack(before, next);
        try (FailingDisk disk = FailingDisk.never()) {
            trees.putBack(before, next);
            assertThat(disk.acts()).contains(new DiskAct.ForceDirectory(home.root()));
        }
    }

    @Test
    void theNameOfAReleaseIsForcedBeforeItIsPointedTo() throws IOException {
        makeTrees();
        try (FailingDisk disk = FailingDisk.never()) {
            home.switchTo(Version.of("1.0.0"));
            assertThat(disk.acts()).startsWith(new DiskAct.ForceDirectory(home.releases()));
        }
    }
}
