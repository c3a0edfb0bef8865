package dev.belay.supervisor.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.packaging.failure.ExitCode;
import dev.belay.supervisor.cli.Main;
import dev.belay.supervisor.offer.UpdateRequest;
import dev.belay.supervisor.status.Event;
import dev.belay.supervisor.status.EventListener;
import dev.belay.supervisor.status.Step;
import dev.belay.supervisor.testing.ShopHost;
import dev.belay.supervisor.testing.ShopVendor;
import dev.belay.versys.console.CommandRunner;
import dev.belay.versys.version.Version;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/// What an admin changed in program files outside of the declared configuration: seen by `verify`,
/// and not lost in an update.
class OverlayTest {
    private static final Version ONE = Version.of("1.0.0");
    @TempDir Path directory;
    private ShopVendor vendor;
    private ShopHost host;
    private final StringWriter out = new StringWriter();

    @BeforeEach
    void aShop() throws Exception {
        vendor = new ShopVendor(directory.resolve("repository"));
        vendor.release("1.0.0", "none", "ok");
        host = new ShopHost(directory.resolve("home"), directory.resolve("repository"));
        host.install("1.0.0");
    }

    @AfterEach
    void nothingIsLeftRunning() {
        host.stop();
    }

    private void change() throws Exception {
        Path release = host.home().release(ONE);
        Files.writeString(release.resolve("lib/version"), "1.0.0\n\n");
        Files.writeString(
                release.resolve("bin/shop"), "# mine\n", java.nio.file.StandardOpenOption.APPEND);
        Files.createDirectories(release.resolve("lib/drivers"));
        Files.writeString(release.resolve("lib/drivers/mine.jar"), "a driver\n");
        Files.writeString(release.resolve("work/cache"), "nobody's\n");
    }

    @Test
    void verifyListsDriftAndNothingElse() throws Exception {
        assertThat(run("verify")).isZero();
        assertThat(out.toString()).contains("changed  c conf/shop.properties", "0 of ");
        assertThat(run("verify", "--strict")).isEqualTo(ExitCode.FAILED.status());
        change();
        Path release = host.home().release(ONE);
        Files.setPosixFilePermissions(
                release.resolve("lib/behaviour"), PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.writeString(host.home().config().resolve("conf/extra"), "x\n");
        assertThat(run("verify")).isEqualTo(ExitCode.FAILED.status());
        assertThat(out.toString().lines().toList())
                .contains(
                        "changed    bin/shop",
                        "changed    lib/version",
                        "mode       lib/behaviour",
                        "added      lib/drivers/mine.jar",
                        "changed  c conf/shop.properties",
                        "added    c conf/extra")
                .noneMatch(line -> line.contains("work"));
        Files.delete(release.resolve("lib/behaviour"));
        assertThat(run("verify", "--json")).isEqualTo(ExitCode.FAILED.status());
        assertThat(out.toString())
                .contains("\"missing\" : [", "lib/behaviour", "\"config-added\" : [");
    }

    @Test
    void localChangesAreKeptOverUpdatesOrSaved() throws Exception {
        change();
        vendor.release("2.0.0", "1.0.0", "ok");
        vendor.release("3.0.0", "2.0.0", "ok");
        List<String> said = new ArrayList<>();
        Outcome outcome =
                host.updates()
                        .update(
                                UpdateRequest.latest(),
                                event -> {
                                    if (event instanceof Event.StepDone done
                                            && done.step() == Step.COPY) {
                                        said.add(done.message());
                                    }
                                });
        assertThat(outcome).isInstanceOf(Outcome.Updated.class);
        for (String version : new String[] {"2.0.0", "3.0.0"}) {
            Path release = host.home().release(Version.of(version));
            assertThat(release.resolve("lib/drivers/mine.jar")).hasContent("a driver");
            assertThat(Files.readString(release.resolve("bin/shop"))).endsWith("# mine\n");
            assertThat(Files.isExecutable(release.resolve("bin/shop"))).isTrue();
            assertThat(release.resolve("lib/version")).hasContent(version);
        }
        Path saved = host.home().localChanges(ONE);
        assertThat(saved.resolve("lib/version")).hasContent("1.0.0\n\n");
        assertThat(said.getFirst())
                .contains("2 local change(s) of the program kept", "yours saved in " + saved)
                .endsWith("lib/version");
        assertThat(said.getLast()).contains("2 local change(s)").doesNotContain("saved");
        assertThat(host.home().release(ONE).resolve("lib/version")).hasContent("1.0.0\n\n");
    }

    @Test
    void anUpdateThatFailsLeavesThemWhereTheyAre() throws Exception {
        change();
        vendor.release("2.0.0", "1.0.0", "crash");
        assertThat(host.updates().update(UpdateRequest.latest(), EventListener.NONE))
                .isInstanceOf(Outcome.RolledBack.class);
        Path release = host.home().current();
        assertThat(release.resolve("lib/drivers/mine.jar")).hasContent("a driver");
        assertThat(release.resolve("lib/version")).hasContent("1.0.0\n\n");
    }

    private int run(String... words) {
        out.getBuffer().setLength(0);
        CommandLine line = CommandRunner.prepare(new Main(), false);
        line.setOut(new PrintWriter(out));
        String[] all = new String[words.length + 1];
        System.arraycopy(words, 0, all, 0, words.length);
        all[words.length] = "--home=" + host.home().root();
        return line.execute(all);
    }
}
