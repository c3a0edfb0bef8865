package dev.belay.supervisor.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.packaging.failure.ExitCode;
import dev.belay.supervisor.offer.UpdateRequest;
import dev.belay.supervisor.status.Event;
import dev.belay.supervisor.status.EventListener;
import dev.belay.supervisor.status.Step;
import dev.belay.supervisor.testing.Killed;
import dev.belay.supervisor.testing.ShopHost;
import dev.belay.supervisor.testing.ShopVendor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The hooks around a hop, before the product is stopped and after it is committed.
class RunHooksTest {
    @TempDir Path directory;
    private ShopVendor vendor;
    private ShopHost host;

    @BeforeEach
    void aVendorAndAHost() {
        vendor = new ShopVendor(directory.resolve("repository"));
        host = new ShopHost(directory.resolve("home"), directory.resolve("repository"));
    }

    @AfterEach
    void nothingIsLeftRunning() {
        host.stop();
    }

    @Test
    void theReleaseThatIsLeftBringsItsDataToRestWhileItStillRuns() throws Exception {
        serve(hook("pre-backup", "echo $BELAY_VERSION > $BELAY_HOME/data/data/flushed"));
        vendor.release("2.0.0", "1.0.0", "ok");
        List<String> heard = new ArrayList<>();

        host.updates()
                .update(
                        UpdateRequest.latest(),
                        event -> {
                            if (event instanceof Event.StepDone done
                                    && done.step() == Step.PRE_BACKUP) {
                                heard.add(host.product().status().running() + " " + flushed());
                            }
                        });

        assertThat(heard).containsExactly("true 1.0.0");
        assertThat(host.get("/health")).contains("2.0.0");
        assertThat(backedUp("data/flushed")).hasContent("1.0.0\n");
    }

    @Test
    void aReleaseThatCannotBringItsDataToRestIsLeftRunning() throws Exception {
        serve(hook("pre-backup", "echo the queue is full; exit 3"));
        vendor.release("2.0.0", "1.0.0", "ok");
        String process = host.product().status().words();

        Outcome outcome = host.updates().update(UpdateRequest.latest(), EventListener.NONE);

        assertThat(outcome.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(outcome.message())
                .contains("The pre-backup hook of 1.0.0 ended with status 3")
                .contains("the product was left alone: 1.0.0 is installed")
                .doesNotContain("put back");
        assertThat(host.product().status().words()).isEqualTo(process);
        assertThat(host.updates().status().rejected()).isEmpty();
        assertThat(host.updates().recover(EventListener.NONE)).isEmpty();
    }

    @Test
    void inTheMiddleOfAChainItStaysOnTheReleaseThatCouldNot() throws Exception {
        serve("");
        vendor.release("2.0.0", "1.0.0", "ok", hook("pre-backup", "exit 3"));
        vendor.release("3.0.0", "2.0.0", "ok");

        Outcome outcome = host.updates().update(UpdateRequest.latest(), EventListener.NONE);

        assertThat(outcome).isInstanceOf(Outcome.RolledBack.class);
        assertThat(host.get("/health")).contains("2.0.0");
    }

    @Test
    void aChainThatIsToReturnDoesSoFromThere() throws Exception {
        serve("");
        Files.writeString(
                host.home().settings(),
                Files.readString(host.home().settings()) + "on-failure: return\nrollback: auto\n");
        vendor.release("2.0.0", "1.0.0", "ok", hook("pre-backup", "exit 3"));
        vendor.release("3.0.0", "2.0.0", "ok");

        host.updates().update(UpdateRequest.latest(), EventListener.NONE);

        assertThat(host.get("/health")).contains("1.0.0");
    }

    @Test
    void whatFollowsTheCommitIsDoneOnceByTheReleaseThatCame() throws Exception {
        serve("");
        vendor.release(
                "2.0.0",
                "1.0.0",
                "ok",
                hook("post-commit", "echo $BELAY_VERSION >> $BELAY_HOME/committed"));

        host.updates().update(UpdateRequest.latest(), EventListener.NONE);
        host.updates().rollback(true, EventListener.NONE);

        assertThat(host.home().root().resolve("committed")).hasContent("2.0.0\n");
    }

    @Test
    void whatFollowsTheCommitCanFailWithoutChangingIt() throws Exception {
        serve("");
        vendor.release("2.0.0", "1.0.0", "ok", hook("post-commit", "echo no mail today; exit 4"));

        Outcome outcome = host.updates().update(UpdateRequest.latest(), EventListener.NONE);

        assertThat(outcome.exitCode()).isEqualTo(ExitCode.DONE);
        assertThat(outcome.message())
                .contains("The post-commit hook of 2.0.0 ended with status 4")
                .contains("no mail today")
                .contains("The update stands");
        assertThat(host.updates().status().rejected()).isEmpty();
        assertThat(host.get("/health")).contains("2.0.0");
    }

    @Test
    void aReleaseThatIsFinishedAfterACrashDoesWhatFollowsToo() throws Exception {
        serve("");
        vendor.release("2.0.0", "1.0.0", "ok", hook("post-commit", "touch $BELAY_HOME/committed"));
        Killed.inUpdate(host, Step.HEALTH);

        host.updates().recover(EventListener.NONE);

        assertThat(host.home().root().resolve("committed")).exists();
    }

    @Test
    void aCrashWhileItIsDoneDoesNotRepeatIt() throws Exception {
        serve("");
        vendor.release(
                "2.0.0", "1.0.0", "ok", hook("post-commit", "echo x >> $BELAY_HOME/committed"));
        Killed.inUpdate(host, Step.POST_COMMIT);

        Outcome outcome = host.updates().recover(EventListener.NONE).orElseThrow();

        assertThat(outcome).isInstanceOf(Outcome.Updated.class);
        assertThat(host.home().root().resolve("committed")).doesNotExist();
        assertThat(host.get("/health")).contains("2.0.0");
    }

    private void serve(String hooks) throws Exception {
        vendor.release("1.0.0", "none", "ok", hooks);
        host.install("1.0.0");
        host.start();
    }

    private static String hook(String name, String script) {
        return "hooks: {" + name + ": [/bin/sh, -c, '" + script + "']}\n";
    }

    private String flushed() {
        try {
            return Files.readString(host.home().data().resolve("data/flushed")).strip();
        } catch (IOException e) {
            return e.toString();
        }
    }

    private Path backedUp(String data) throws IOException {
        try (var files = Files.walk(host.home().backups())) {
            Optional<Path> found = files.filter(file -> file.endsWith(data)).findFirst();
            return found.orElseThrow();
        }
    }
}
