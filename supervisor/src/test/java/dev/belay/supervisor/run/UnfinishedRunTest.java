package dev.belay.supervisor.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.belay.packaging.failure.RefusedException;
import dev.belay.supervisor.offer.UpdateRequest;
import dev.belay.supervisor.status.Event;
import dev.belay.supervisor.status.EventListener;
import dev.belay.supervisor.status.HostStatus;
import dev.belay.supervisor.status.Step;
import dev.belay.supervisor.testing.Killed;
import dev.belay.supervisor.testing.ShopTest;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A supervisor dies in the middle of a run, and the product goes on without it: what the new
/// release takes meanwhile is not lost unasked, and nothing half done is ever started.
class UnfinishedRunTest extends ShopTest {
    @BeforeEach
    void aHostThatCouldUpdate() throws Exception {
        host.start();
        host.visit(2);
        vendor.release("2.0.0", "1.0.0", "ok");
    }

    @Test
    void aReleaseThatWasStartedAndIsHealthyStaysWithAllThatItTook() throws Exception {
        leftServing();

        assertThat(host.updates().recover(EventListener.NONE))
                .get()
                .isInstanceOf(Outcome.Updated.class);

        assertThat(host.rows()).contains("migrated_to_2_0_0", "5 somebody");
        assertThat(host.updates().status().state()).isEqualTo(HostStatus.State.IDLE);
        assertThat(host.updates().status().unfinished()).isNull();
        assertThat(host.get("/health")).contains("2.0.0");
    }

    @Test
    void goingBackAfterItAsksForWhatWasWrittenBeforeItWasCommitted() throws Exception {
        leftServing();
        host.updates().recover(EventListener.NONE);
        assertLossIsRefused();
    }

    @Test
    void goingBackFromAnUnfinishedRunAsksBeforeAnythingIsPutBack() throws Exception {
        SortedMap<String, String> before = host.image();
        leftServing();

        assertLossIsRefused();

        assertThat(host.rows()).contains("5 somebody");
        assertThat(host.get("/health")).contains("2.0.0");
        assertThat(host.updates().rollback(true, EventListener.NONE))
                .isInstanceOf(Outcome.WentBack.class);
        assertThat(host.get("/health")).contains("1.0.0");
        host.stop();
        assertThat(host.image()).isEqualTo(before);
    }

    private void assertLossIsRefused() {
        assertThatThrownBy(() -> host.updates().rollback(false, EventListener.NONE))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("data/data/shop.db")
                .hasMessageContaining("since")
                .hasMessageContaining("Nothing was changed");
    }

    @Test
    void aReleaseThatIsNotHealthyAnyMoreIsLeftToAPersonIfItTookSomething() throws Exception {
        leftServing();
        host.stop();
        breakInstalled();

        Outcome held = host.updates().recover(EventListener.NONE).orElseThrow();

        assertThat(held).isInstanceOf(Outcome.NotRolledBack.class);
        assertThat(held.message()).contains("data/data/shop.db", "since");
        assertThat(host.rows()).contains("5 somebody");
        assertThat(host.home().installed()).get().hasToString("2.0.0");
        assertThat(host.updates().update(UpdateRequest.latest(), EventListener.NONE))
                .isInstanceOf(Outcome.NotRolledBack.class);
        assertThat(host.updates().rollback(true, EventListener.NONE))
                .isInstanceOf(Outcome.WentBack.class);
        assertThat(host.get("/health")).contains("1.0.0");
        assertThat(host.rows()).doesNotContain("migrated_to_2_0_0", "3 somebody");
    }

    @Test
    void anAdminMayHaveItPutBackAlways() throws Exception {
        leftServing();
        host.stop();
        breakInstalled();
        Files.writeString(
                host.home().settings(),
                Files.readString(host.home().settings()) + "rollback: auto\n");
        assertThat(host.updates().recover(EventListener.NONE))
                .get()
                .isInstanceOf(Outcome.RolledBack.class);
        assertThat(host.get("/health")).contains("1.0.0");
    }

    @Test
    void anAdminMayHaveNothingPutBackUnasked() throws Exception {
        Files.writeString(
                host.home().settings(),
                Files.readString(host.home().settings()) + "rollback: hold\n");
        killedAt(Step.MIGRATE);
        assertThat(host.updates().recover(EventListener.NONE))
                .get()
                .isInstanceOf(Outcome.NotRolledBack.class);
        assertThat(host.updates().rollback(false, EventListener.NONE))
                .isInstanceOf(Outcome.WentBack.class);
    }

    @Test
    void aHalfMigratedHomeIsNotStarted() throws Exception {
        killedAt(Step.MIGRATE);
        assertThatThrownBy(() -> new ProductControl(host.parts(() -> false)).start())
                .isInstanceOf(RefusedException.class);
        assertThat(host.product().status().running()).isFalse();
    }

    @Test
    void statusSaysWhatIsUnfinishedAndWhatHappensNext() throws Exception {
        killedAt(Step.MIGRATE);
        assertThat(host.updates().status().unfinished())
                .contains("1.0.0", "2.0.0", "puts 1.0.0 back", "supervisor start");
        host.updates().recover(EventListener.NONE);
        leftServing();
        assertThat(host.updates().status().unfinished())
                .contains("2.0.0 was started", "supervisor rollback --yes")
                .contains("table visits: 3 rows more than before");
    }

    @Test
    void whileAnUpdateRunsTheReleaseThatIsKnownToBeGoodIsTheInstalledOne() {
        List<HostStatus> seen = new ArrayList<>();
        host.updates()
                .update(
                        UpdateRequest.latest(),
                        event -> {
                            if (event instanceof Event.StepBegun begun
                                    && begun.step() == Step.HEALTH) {
                                seen.add(host.updates().status());
                            }
                        });
        assertThat(seen)
                .singleElement()
                .satisfies(status -> {
                    assertThat(status.state()).isEqualTo(HostStatus.State.UPDATING);
                    assertThat(status.installed()).hasToString("1.0.0");
                    assertThat(status.unfinished()).isNull();
                });
        assertThat(host.updates().status().installed()).hasToString("2.0.0");
    }

    /// The new release runs and takes three visits, and nobody watches it.
    private void leftServing() throws Exception {
        killedAt(Step.HEALTH);
        host.start();
        host.visit(3);
    }

    private void killedAt(Step step) throws Exception {
        Killed.inUpdate(host, step);
        assertThat(host.updates().status().state()).isEqualTo(HostStatus.State.INTERRUPTED);
    }

    private void breakInstalled() throws Exception {
        Files.writeString(host.home().current().toRealPath().resolve("lib/behaviour"), "crash\n");
    }
}
