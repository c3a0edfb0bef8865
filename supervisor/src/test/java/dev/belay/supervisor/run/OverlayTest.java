package dev.belay.supervisor.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.packaging.failure.ExitCode;
import dev.belay.supervisor.offer.UpdateRequest;
import dev.belay.supervisor.status.Event;
import dev.belay.supervisor.status.EventListener;
import dev.belay.supervisor.status.Step;
import dev.belay.supervisor.testing.Killed;
import dev.belay.supervisor.testing.ShopTest;
import dev.belay.versys.version.Version;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What an admin changed in program files outside of the declared configuration: seen by `verify`,
/// and not lost in an update.
class OverlayTest extends ShopTest {
    private static final Version ONE = Version.of("1.0.0");

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
    void aSecondTryTakesWhatTheAdminHasThenAndNothingElse() throws Exception {
        change();
        Path one = host.home().release(ONE);
        byte[] script = Files.readAllBytes(one.resolve("bin/shop"));
        vendor.release("2.0.0", "1.0.0", "ok");
        Killed.inUpdate(host, Step.SET_ASIDE);
        host.updates().recover(EventListener.NONE);
        Files.writeString(
                one.resolve("bin/shop"),
                Files.readString(one.resolve("bin/shop")).replace("# mine\n", ""));
        Files.delete(one.resolve("lib/drivers/mine.jar"));
        Files.writeString(one.resolve("lib/drivers/other.jar"), "another driver\n");

        Outcome outcome = host.updates().update(UpdateRequest.latest(), EventListener.NONE);

        assertThat(outcome).isInstanceOf(Outcome.Updated.class);
        Path two = host.home().release(Version.of("2.0.0"));
        assertThat(two.resolve("lib/drivers/mine.jar")).doesNotExist();
        assertThat(two.resolve("lib/drivers/other.jar")).hasContent("another driver");
        assertThat(Files.readString(two.resolve("bin/shop"))).doesNotContain("# mine");
        assertThat(Files.isExecutable(two.resolve("bin/shop"))).isTrue();
        assertThat(script).isNotEmpty();
        host.updates().recover(EventListener.NONE);
        run("verify");
        assertThat(out.toString()).doesNotContain("changed    bin/shop");
    }

    @Test
    void whatBothChangedIsMergedWhereThereIsNoDoubt() throws Exception {
        String one = "#!/bin/sh\nMEMORY=64m\necho one\necho two\necho three\nexit 0\n";
        shipScript("1.1.0", "1.0.0", one);
        shipScript("1.2.0", "1.1.0", one.replace("exit 0", "exit 7"));
        shipScript("1.3.0", "1.2.0", one.replace("64m", "96m").replace("exit 0", "exit 7"));
        update("1.1.0");
        Path mine = host.home().current().resolve("bin/tool");
        Files.writeString(mine, one.replace("64m", "512m"));

        update("1.2.0");

        mine = host.home().current().resolve("bin/tool");
        assertThat(mine).content().contains("MEMORY=512m", "exit 7");
        assertThat(said.getLast()).contains("merged with what the vendor changed there: bin/tool");
        assertThat(Files.isExecutable(mine)).isTrue();

        update("1.3.0"); // changes the very line

        mine = host.home().current().resolve("bin/tool");
        assertThat(mine).content().contains("MEMORY=96m");
        assertThat(host.home().localChanges(Version.of("1.2.0")).resolve("bin/tool"))
                .content()
                .contains("MEMORY=512m", "exit 7");
        assertThat(said.getLast()).contains("yours saved in").endsWith("bin/tool");
    }

    private final List<String> said = new ArrayList<>();

    private void shipScript(String version, String from, String script) throws Exception {
        Path file = directory.resolve("tree-" + version).resolve("bin/tool");
        Files.createDirectories(file.getParent());
        Files.writeString(file, script);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        vendor.release(version, from, "ok");
    }

    private void update(String version) {
        Outcome outcome =
                host.updates()
                        .update(
                                UpdateRequest.to(Version.of(version)),
                                event -> {
                                    if (event instanceof Event.StepDone done
                                            && done.step() == Step.COPY) {
                                        said.add(done.message());
                                    }
                                });
        assertThat(outcome).isInstanceOf(Outcome.Updated.class);
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
}
