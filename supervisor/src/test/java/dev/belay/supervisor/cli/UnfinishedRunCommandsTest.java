package dev.belay.supervisor.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.belay.packaging.failure.ExitCode;
import dev.belay.supervisor.status.Step;
import dev.belay.supervisor.testing.Killed;
import dev.belay.supervisor.testing.ShopTest;
import dev.belay.supervisor.testing.SupervisorCommand;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What an admin is told, command by command, after a supervisor died while the new release was
/// being watched.
class UnfinishedRunCommandsTest extends ShopTest {
    @BeforeEach
    void aHostOnWhichTheNewReleaseServesUnwatched() throws Exception {
        vendor.release("2.0.0", "1.0.0", "ok");
        Killed.inUpdate(host, Step.HEALTH);
        host.start();
        host.visit(2);
    }

    @Test
    void everyCommandSaysFirstWhatIsUnfinishedAndLosesNothing() throws Exception {
        String unfinished = "The move from 1.0.0 to 2.0.0 is unfinished.";
        assertThat(run("status")).isZero();
        assertThat(out.toString())
                .startsWith(unfinished)
                .contains("keeps it if it is healthy", "supervisor rollback --yes");
        assertThat(run("check")).isNotZero(); // nobody answers here
        assertThat(err.toString()).startsWith(unfinished);
        assertThat(run("rollback")).isEqualTo(ExitCode.REFUSED.status());
        assertThat(err.toString()).contains("data/data/shop.db", "Nothing was changed");

        assertThat(run("start")).isZero();
        assertThat(err.toString()).startsWith(unfinished);
        assertThat(out.toString()).contains("2.0.0 is installed and healthy", "process ");
        assertThat(run("status")).isZero();
        assertThat(out.toString()).startsWith("product:");
        assertThat(host.rows()).contains("migrated_to_2_0_0", "2 somebody");
    }

    @Test
    void whatCannotBeFinishedIsNotPutBackByACommandThatDoesNotAsk() throws Exception {
        host.stop();
        Files.writeString(host.home().current().toRealPath().resolve("lib/behaviour"), "crash\n");
        for (String command : new String[] {"start", "restart", "update"}) {
            assertThat(run(command)).as(command).isEqualTo(ExitCode.NOT_ROLLED_BACK.status());
            assertThat(err.toString()).contains("It was not put back", "supervisor rollback --yes");
        }
        assertThat(host.rows()).contains("2 somebody");
        assertThat(run("rollback", "--yes")).isZero();
        assertThat(out.toString()).contains("1.0.0 runs again", "is kept as backup ");
        assertThat(run("backup", "list")).isZero();
        assertThat(out.toString()).contains("2.0.0  set-aside  ");
        assertThat(host.get("/health")).contains("1.0.0");
    }

    @Test
    void recoveryByHandFinishesWhatIsHealthyAndSaysWhatItWas() throws Exception {
        assertThat(run("status")).isZero();
        assertThat(out.toString()).contains("supervisor recover");
        assertThat(run("recover", "--json")).isZero();
        assertThat(err.toString()).startsWith("The move from 1.0.0 to 2.0.0 is unfinished.");
        assertThat(out.toString()).contains("\"outcome\" : \"updated\"", "\"run\" : \"recovery\"");
        assertThat(host.rows()).contains("2 somebody");
        assertThat(run("recover")).isZero();
        assertThat(out.toString()).contains("No run is unfinished.");
    }

    @Test
    void recoveryByHandPutsNothingBackUnaskedThatTookSomething() throws Exception {
        host.stop();
        Files.writeString(host.home().current().toRealPath().resolve("lib/behaviour"), "crash\n");
        assertThat(run("recover")).isEqualTo(ExitCode.NOT_ROLLED_BACK.status());
        assertThat(err.toString()).contains("It was not put back", "data/data/shop.db");
        assertThat(host.rows()).contains("2 somebody");
        assertThat(run("recover", "--yes")).isZero();
        assertThat(err.toString()).contains("1.0.0 runs again", "is kept as backup ");
        assertThat(host.get("/health")).contains("1.0.0");
        assertThat(run("status")).isZero();
        assertThat(out.toString()).startsWith("product:");
    }

    @Test
    void goingBackFromAnUnfinishedRunIsNoFailure() throws Exception {
        assertThat(run("rollback", "--yes", "--json")).isZero();
        assertThat(out.toString())
                .contains("\"outcome\" : \"went-back\"", "\"run\" : \"rollback\"")
                .contains("\"installed\" : \"1.0.0\"");
        assertThat(host.get("/health")).contains("1.0.0");
    }

    @Test
    void aPersonAtATerminalIsAskedBeforeAnythingThatWasTakenIsGivenUp() throws Exception {
        assertThat(answering("n", "rollback")).isEqualTo(ExitCode.REFUSED.status());
        assertThat(host.rows()).contains("2 somebody");
        host.stop();
        Files.writeString(host.home().current().toRealPath().resolve("lib/behaviour"), "crash\n");
        assertThat(answering("n", "recover")).isEqualTo(ExitCode.NOT_ROLLED_BACK.status());
        assertThat(host.rows()).contains("2 somebody");
        assertThat(answering("y", "recover")).isZero();
        assertThat(host.get("/health")).contains("1.0.0");
    }

    /// Runs a command at a terminal and answers its question.
    private int answering(String answer, String command) throws Exception {
        Path screen = Files.createTempFile(directory, "screen", "");
        List<String> line = SupervisorCommand.line(command, "--home=" + host.home().root());
        Process terminal =
                new ProcessBuilder(
                                "script",
                                "--quiet",
                                "--flush",
                                "--return",
                                "--command",
                                String.join(" ", line),
                                screen.toString())
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
        await().atMost(60, TimeUnit.SECONDS)
                .until(() -> Files.readString(screen).contains("Go ahead?"));
        terminal.getOutputStream().write((answer + "\n").getBytes(StandardCharsets.UTF_8));
        terminal.getOutputStream().flush();
        return terminal.waitFor();
    }
}
