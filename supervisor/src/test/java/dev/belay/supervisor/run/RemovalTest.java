package dev.belay.supervisor.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.packaging.durable.CopyFilter;
import dev.belay.packaging.durable.CopyVisitor;
import dev.belay.packaging.durable.DurableFiles;
import dev.belay.packaging.failure.ExitCode;
import dev.belay.supervisor.run.Removal.Part;
import dev.belay.supervisor.service.DirectoryUsers;
import dev.belay.supervisor.status.EventListener;
import dev.belay.supervisor.status.Step;
import dev.belay.supervisor.testing.Killed;
import dev.belay.supervisor.testing.ShopHost;
import dev.belay.supervisor.testing.ShopTest;
import dev.belay.supervisor.testing.TreeImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A product leaves a host: what is to be kept is kept, and nothing outside of its home is touched.
class RemovalTest extends ShopTest {
    private Path home;
    private Path outside;

    @BeforeEach
    void aHomeWithAShop() throws Exception {
        home = host.home().root();
        outside = Files.createDirectory(directory.resolve("outside"));
        Files.writeString(outside.resolve("precious"), "not ours\n");
        Files.createSymbolicLink(host.home().data().resolve("data/link"), outside);
        Files.writeString(home.resolve("notes-of-the-admin"), "mine\n");
        DurableFiles.createDirectories(
                host.home().backups().resolve("one"), DurableFiles.PRIVATE_DIRECTORY);
    }

    @Test
    void unlessToldOtherwiseEverythingOfValueStays() throws Exception {
        host.start();
        host.visit(2);
        assertThat(DirectoryUsers.of(home.toRealPath())).isNotEmpty();
        assertThat(run("remove", "--yes")).isZero();
        assertThat(out.toString())
                .contains("goes: " + home.resolve("releases"), "shop is removed from " + home)
                .contains("is still there: " + home.resolve("data"));
        assertThat(DirectoryUsers.of(home.toRealPath())).isEmpty();
        assertThat(home).isDirectoryNotContaining(path -> path.endsWith("releases"));
        assertThat(home.resolve("supervisor.yaml")).doesNotExist();
        assertThat(host.home().own()).isDirectoryContaining(path -> path.endsWith("backups"));
        assertThat(host.rows()).contains("2 somebody");
        assertThat(home.resolve("config/conf/shop.properties")).exists();
        assertThat(outside.resolve("precious")).hasContent("not ours");
    }

    @Test
    void withNothingKeptOnlyWhatOthersPutThereStays() throws Exception {
        assertThat(run("remove", "--keep=none", "--yes")).isZero();
        assertThat(home).isDirectoryContaining(path -> path.endsWith("notes-of-the-admin"));
        try (var entries = Files.list(home)) {
            assertThat(entries).hasSize(1);
        }
        assertThat(outside.resolve("precious")).hasContent("not ours");
    }

    @Test
    void aHomeWithNothingElseIsGone() throws Exception {
        Files.delete(home.resolve("notes-of-the-admin"));
        assertThat(run("remove", "--keep", "none", "--yes")).isZero();
        assertThat(home).doesNotExist();
        assertThat(run("remove", "--yes")).isEqualTo(ExitCode.REFUSED.status());
    }

    @Test
    void nobodyIsRemovedUnasked() throws Exception {
        SortedMap<String, String> before = TreeImage.of(home, _ -> true);
        assertThat(run("remove")).isEqualTo(ExitCode.REFUSED.status());
        assertThat(err.toString()).contains("Nothing was changed");
        assertThat(run("remove", "--keep=everything", "--yes")).isEqualTo(ExitCode.USAGE.status());
        assertThat(TreeImage.of(home, _ -> true)).isEqualTo(before);
    }

    @Test
    void anUnfinishedRunComesFirst() throws Exception {
        vendor.release("2.0.0", "1.0.0", "ok");
        Killed.inUpdate(host, Step.MIGRATE);
        assertThat(run("remove", "--keep=none", "--yes")).isEqualTo(ExitCode.REFUSED.status());
        assertThat(err.toString()).contains("unfinished", "Nothing was changed");
        host.updates().recover(EventListener.NONE);
        assertThat(host.home().data().resolve("data")).exists();
    }

    @Test
    void killedAnywhereItIsFinishedByTheSameCommandAndKeepsWhatItWasToldTo() throws Throwable {
        int cuts = 0;
        SortedMap<String, String> data = TreeImage.of(host.home().data(), _ -> true);
        for (boolean going = true; going; cuts++) {
            ShopHost copy = copy(cuts);
            Removal removal = new Removal(copy.parts(() -> false));
            Removal.Plan plan = removal.plan(Optional.of(Set.of(Part.DATA)));
            going = Killed.at(cuts, () -> removal.carryOut(plan));
            if (Files.exists(copy.home().settings())) {
                Removal again = new Removal(copy.parts(() -> false));
                Optional<Set<Part>> said =
                        Files.exists(copy.home().removal())
                                ? Optional.empty()
                                : Optional.of(Set.of(Part.DATA));
                again.carryOut(again.plan(said));
            }
            assertThat(TreeImage.of(copy.home().data(), _ -> true)).isEqualTo(data);
            for (Path gone :
                    new Path[] {
                        copy.home().config(), copy.home().releases(), copy.home().settings()
                    }) {
                assertThat(gone).as("act %d", cuts).doesNotExist();
            }
            assertThat(outside.resolve("precious")).hasContent("not ours");
            DurableFiles.deleteTree(copy.home().root());
        }
        assertThat(cuts).isGreaterThan(20);
    }

    private ShopHost copy(int number) throws IOException {
        Path copy = directory.resolve("home-" + number);
        DurableFiles.copyTree(home, copy, CopyFilter.ALL, CopyVisitor.NONE);
        return new ShopHost(copy, directory.resolve("repository"));
    }
}
