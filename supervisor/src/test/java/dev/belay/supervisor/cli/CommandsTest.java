package dev.belay.supervisor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.packaging.durable.DurableFiles;
import dev.belay.packaging.failure.ExitCode;
import dev.belay.supervisor.offer.UpdateRequest;
import dev.belay.supervisor.status.EventListener;
import dev.belay.supervisor.testing.ShopTest;
import dev.belay.supervisor.testing.SupervisorCommand;
import dev.belay.versys.console.CommandRunner;
import dev.belay.versys.version.Version;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CommandsTest extends ShopTest {
    @BeforeEach
    void aHostThatWasUpdatedAndThatRefusedARelease() throws Exception {
        vendor.release("2.0.0", "1.0.0", "ok");
        host.updates().update(UpdateRequest.latest(), EventListener.NONE);
        vendor.release("3.0.0", "2.0.0", "crash");
        host.updates().update(UpdateRequest.latest(), EventListener.NONE);
    }

    @Test
    void tellsStatusHistoryAndWhatWasRejected() {
        assertThat(run("status")).isZero();
        assertThat(out.toString())
                .contains("installed: 2.0.0", "rejected:  3.0.0", "process ", "rolled-back")
                .containsOnlyOnce("ended before it was healthy")
                .doesNotContainPattern("[0-9]T[0-9]{2}:");
        assertThat(run("status", "--json")).isZero();
        assertThat(out.toString()).contains("\"installed\" : \"2.0.0\"", "\"state\" : \"idle\"");
        assertThat(run("history")).isZero();
        assertThat(out.toString())
                .contains("1.0.0 -> 2.0.0  updated", "without service")
                .contains("    | cannot go on: the configuration is of the wrong colour");
        assertThat(run("history", "--json")).isZero();
        assertThat(out.toString()).contains("\"downtime-seconds\"");
        assertThat(run("rejected", "list")).isZero();
        assertThat(out.toString()).contains("3.0.0 since");
        assertThat(run("rejected", "clear", "3.0.0")).isZero();
        assertThat(run("rejected", "clear", "3.0.0")).isEqualTo(ExitCode.REFUSED.status());
    }

    @Test
    void theEntryThatStartsFastSaysTheSame() throws Exception {
        String home = host.home().root().toString();
        SupervisorCommand whole = SupervisorCommand.run("status", "--home", home);
        assertThat(SupervisorCommand.run(StatusMain.class, "status", "--home", home))
                .isEqualTo(whole);
        assertThat(SupervisorCommand.run(StatusMain.class, "status", "--home=" + home))
                .isEqualTo(whole);
        Files.writeString(host.home().status(), "{");
        assertThat(SupervisorCommand.run(StatusMain.class, "status", "--home", home))
                .isEqualTo(SupervisorCommand.run("status", "--home", home));
    }

    @Test
    void stopsStartsAndRestartsTheProduct() throws Exception {
        assertThat(run("stop")).isZero();
        assertThat(out.toString()).contains("stopped");
        assertThat(run("start")).isZero();
        assertThat(host.get("/health")).contains("2.0.0");
        assertThat(run("restart")).isZero();
        assertThat(out.toString()).contains("process ");
    }

    @Test
    void aStartThatFailsShowsWhatTheProductSaidAndWhetherItRuns() throws Exception {
        host.stop();
        Path behaviour = host.home().current().toRealPath().resolve("lib/behaviour");
        Files.writeString(behaviour, "crash\n");
        assertThat(run("start")).isEqualTo(ExitCode.FAILED.status());
        assertThat(err.toString())
                .contains("its last output:", "| cannot go on: the configuration is of the wrong")
                .doesNotContain("It still runs");
        Files.writeString(behaviour, "no-port\n");
        Files.writeString(
                host.home().settings(),
                Files.readString(host.home().settings()) + "health: {within: 2s}\n");
        assertThat(run("restart")).isEqualTo(ExitCode.FAILED.status());
        assertThat(err.toString()).contains("did not become healthy", "It still runs");
        assertThat(host.product().status().running()).isTrue();
    }

    @Test
    void makesListsVerifiesAndRestoresBackups() throws Exception {
        host.visit(2);
        assertThat(run("backup", "create")).isZero();
        String id = out.toString().replaceAll("(?s)backup (\\S+),.*", "$1");
        host.visit(1);
        assertThat(run("backup", "list")).isZero();
        assertThat(out.toString()).contains(id + "  2.0.0", "before the update to 2.0.0");
        assertThat(run("backup", "verify", id)).isZero();
        assertThat(run("backup", "restore", id)).isEqualTo(ExitCode.REFUSED.status());
        assertThat(run("backup", "restore", "--yes", id)).isZero();
        assertThat(host.get("/health")).contains("2.0.0");
        assertThat(host.rows()).contains("2 somebody").doesNotContain("3 somebody");
    }

    @Test
    void aBackupMadeByHandBringsItsReleaseBack() throws Exception {
        assertThat(run("backup", "create")).isZero();
        assertThat(out.toString()).contains("(program, config, data and databases)");
        String id = out.toString().replaceAll("(?s)backup (\\S+),.*", "$1");
        assertThat(run("backup", "list")).isZero();
        String ofAHop = out.toString().lines().findFirst().orElseThrow().split(" ")[0];
        assertThat(run("rollback", "--yes")).isZero();
        DurableFiles.deleteTree(host.home().release(Version.of("2.0.0")));
        assertThat(run("backup", "restore", "--yes", id)).isZero();
        assertThat(host.get("/health")).contains("2.0.0");

        DurableFiles.deleteTree(host.home().release(Version.of("1.0.0")));
        assertThat(run("backup", "restore", "--yes", ofAHop)).isEqualTo(ExitCode.REFUSED.status());
        assertThat(err.toString()).contains("without the program", "Nothing was changed");
        assertThat(host.get("/health")).contains("2.0.0");
    }

    @Test
    void goesBackToTheReleaseBefore() throws Exception {
        assertThat(run("rollback", "--yes")).isZero();
        assertThat(out.toString()).contains("1.0.0 is installed and healthy");
        assertThat(host.get("/health")).contains("1.0.0");
        assertThat(run("rollback", "--json")).isEqualTo(ExitCode.REFUSED.status());
        assertThat(err.toString()).contains("\"kind\":\"nothing-to-roll-back\"");
    }

    @Test
    void writesABugReportWithoutSecrets() throws Exception {
        host.edit("colour=", "db.password=CANARY\ncolour=");
        assertThat(run("report", "--list")).isZero();
        assertThat(out.toString()).contains("config/conf/shop.properties", "events.jsonl");
        assertThat(run("report", "--show", "config/conf/shop.properties")).isZero();
        assertThat(out.toString()).contains("db.password=[redacted]").doesNotContain("CANARY");
        Path report = directory.resolve("report.tar.gz");
        assertThat(run("report", "-o", report.toString())).isZero();
        assertThat(Files.size(report)).isPositive();
    }

    @Test
    void wrongInputIsASentence() throws Exception {
        String settings = Files.readString(host.home().settings());
        Files.writeString(host.home().settings(), settings + "chanel: beta\n");
        assertThat(run("status")).isEqualTo(ExitCode.REFUSED.status());
        Files.writeString(host.home().settings(), settings);
        assertThat(err.toString()).contains("chanel").doesNotContain("\tat ");
        assertThat(
                        CommandRunner.prepare(new Main(), false)
                                .setErr(new PrintWriter(err))
                                .execute("status", "--home", directory.toString()))
                .isEqualTo(ExitCode.REFUSED.status());
        assertThat(err.toString()).contains("There is no supervisor.yaml");
        assertThat(run("update", "--frobnicate")).isEqualTo(ExitCode.USAGE.status());
        assertThat(run("update", "--to", "the newest")).isEqualTo(ExitCode.USAGE.status());
        assertThat(err.toString()).contains("'the newest' is no version");
    }

    @Test
    void whatAnEarlierSupervisorWroteIsUnderstood() throws Exception {
        Files.writeString(
                host.home().status(),
                "{\"last\":{\"transaction\":\"t\",\"at\":\"2026-01-02T03:04:05Z\","
                        + "\"from\":\"1.0.0\",\"to\":\"2.0.0\",\"outcome\":\"updated\","
                        + "\"message\":\"2.0.0 is installed and healthy.\"}}");
        assertThat(run("status")).isZero();
        assertThat(out.toString()).contains("1.0.0 -> 2.0.0, updated at 2026-01-02");
    }

    @Test
    void aDamagedHomeIsASentence() throws Exception {
        Files.writeString(host.home().status(), "{\"available\": ");
        says("home-damaged", "status.json is not as the supervisor wrote it");
        Files.delete(host.home().status());
        Path service = host.home().serviceRecord();
        String running = Files.readString(service);
        Files.writeString(service, running.replace("\"pid\"", "\"pid"));
        says("home-damaged", "service.json is not as the supervisor wrote it");
        Files.writeString(service, running);

        Path release = host.home().release(Version.of("2.0.0"));
        Files.move(release, directory.resolve("elsewhere"));
        says("release-missing", "The release 2.0.0 is not unpacked");
        Files.move(directory.resolve("elsewhere"), release);

        Files.delete(host.home().current());
        Files.createSymbolicLink(host.home().current(), Path.of("releases/the latest"));
        says("home-damaged", "releases/the latest is no release");
        Files.delete(host.home().current());
        Files.createDirectory(host.home().current());
        says("home-damaged", "it is no symbolic link");
        Files.delete(host.home().current());
        Files.createSymbolicLink(host.home().current(), Path.of("releases/2.0.0"));
        assertThat(run("status")).isZero();
    }

    private void says(String kind, String words) {
        assertThat(run("status", "--json")).isEqualTo(ExitCode.FAILED.status());
        assertThat(err.toString()).contains("\"kind\":\"" + kind + "\"", words);
    }

    @Test
    void withoutANetworkCheckAndUpdateSayWhat() {
        for (String command : new String[] {"check", "update"}) {
            assertThat(run(command)).isNotZero();
            assertThat(err.toString()).contains("error: ").doesNotContain("\tat ");
        }
    }
}
