package dev.belay.supervisor.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.belay.packaging.durable.CopyFilter;
import dev.belay.packaging.durable.CopyVisitor;
import dev.belay.packaging.durable.DurableFiles;
import dev.belay.packaging.durable.FailingDisk;
import dev.belay.packaging.failure.ExitCode;
import dev.belay.supervisor.cli.Main;
import dev.belay.supervisor.offer.UpdateRequest;
import dev.belay.supervisor.run.Removal.Part;
import dev.belay.supervisor.service.DirectoryUsers;
import dev.belay.supervisor.status.Event;
import dev.belay.supervisor.status.EventListener;
import dev.belay.supervisor.status.Step;
import dev.belay.supervisor.testing.ShopHost;
import dev.belay.supervisor.testing.ShopVendor;
import dev.belay.supervisor.testing.TreeImage;
import dev.belay.versys.console.CommandRunner;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/// A product leaves a host: what is to be kept is kept, and nothing outside of its home is touched.
class RemovalTest {
    @TempDir Path directory;
    private ShopVendor vendor;
    private ShopHost host;
    private Path home;
    private Path outside;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private static final class Killed extends Error {
        private static final long serialVersionUID = 1;
    }

    @BeforeEach
    void aHomeWithAShop() throws Exception {
        vendor = new ShopVendor(directory.resolve("repository"));
        vendor.release("1.0.0", "none", "ok");
        home = directory.resolve("home");
        host = new ShopHost(home, directory.resolve("repository"));
        host.install("1.0.0");
        outside = Files.createDirectory(directory.resolve("outside"));
        Files.writeString(outside.resolve("precious"), "not ours\n");
        Files.createSymbolicLink(host.home().data().resolve("data/link"), outside);
        Files.writeString(home.resolve("notes-of-the-admin"), "mine\n");
        DurableFiles.createDirectories(
                host.home().backups().resolve("one"), DurableFiles.PRIVATE_DIRECTORY);
    }

    @AfterEach
    void nothingIsLeftRunning() {
        if (Files.exists(host.home().settings())) {
            host.stop();
        }
    }

    @Test
    void unlessToldOtherwiseEverythingOfValueStays() throws Exception {
        host.start();
        host.visit(2);
        assertThat(DirectoryUsers.of(home.toRealPath())).isNotEmpty();
        assertThat(run("--yes")).isZero();
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
        assertThat(run("--keep=none", "--yes")).isZero();
        assertThat(home).isDirectoryContaining(path -> path.endsWith("notes-of-the-admin"));
        try (var entries = Files.list(home)) {
            assertThat(entries).hasSize(1);
        }
        assertThat(outside.resolve("precious")).hasContent("not ours");
    }

    @Test
    void aHomeWithNothingElseIsGone() throws Exception {
        Files.delete(home.resolve("notes-of-the-admin"));
        assertThat(run("--keep", "none", "--yes")).isZero();
        assertThat(home).doesNotExist();
        assertThat(run("--yes")).isEqualTo(ExitCode.REFUSED.status());
    }

    @Test
    void nobodyIsRemovedUnasked() throws Exception {
        SortedMap<String, String> before = TreeImage.of(home, _ -> true);
        assertThat(run()).isEqualTo(ExitCode.REFUSED.status());
        assertThat(err.toString()).contains("Nothing was changed");
        assertThat(run("--keep=everything", "--yes")).isEqualTo(ExitCode.USAGE.status());
        assertThat(TreeImage.of(home, _ -> true)).isEqualTo(before);
    }

    @Test
    void anUnfinishedRunComesFirst() throws Exception {
        vendor.release("2.0.0", "1.0.0", "ok");
        assertThatThrownBy(() ->
                        host.updates()
                                .update(
                                        UpdateRequest.latest(),
                                        event -> {
                                            if (event instanceof Event.StepBegun begun
                                                    && begun.step() == Step.MIGRATE) {
                                                throw new Killed();
                                            }
                                        }))
                .isInstanceOf(Killed.class);
        assertThat(run("--keep=none", "--yes")).isEqualTo(ExitCode.REFUSED.status());
        assertThat(err.toString()).contains("unfinished", "Nothing was changed");
        host.updates().recover(EventListener.NONE);
        assertThat(host.home().data().resolve("data")).exists();
    }

    @Test
    void killedAnywhereItIsFinishedByTheSameCommandAndKeepsWhatItWasToldTo() throws Exception {
        int cuts = 0;
        SortedMap<String, String> data = TreeImage.of(host.home().data(), _ -> true);
        for (boolean going = true; going; cuts++) {
            ShopHost copy = copy(cuts);
            Removal removal = new Removal(copy.parts(() -> false));
            Removal.Plan plan = removal.plan(Optional.of(Set.of(Part.DATA)));
            going = killedAt(cuts, () -> removal.carryOut(plan));
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

    private static boolean killedAt(int act, Runnable work) {
        int[] seen = {0};
        try (FailingDisk _ =
                FailingDisk.at(_ -> {
                    if (seen[0]++ >= act) {
                        throw new Killed();
                    }
                    return false;
                })) {
            work.run();
            return false;
        } catch (Killed killed) {
            return true;
        }
    }

    private int run(String... words) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        CommandLine line = CommandRunner.prepare(new Main(), false);
        line.setOut(new PrintWriter(out));
        line.setErr(new PrintWriter(err));
        String[] all = new String[words.length + 2];
        System.arraycopy(words, 0, all, 2, words.length);
        all[0] = "remove";
        all[1] = "--home=" + home;
        return line.execute(all);
    }
}
