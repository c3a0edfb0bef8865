package dev.belay.supervisor.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.belay.packaging.failure.ExitCode;
import dev.belay.packaging.failure.RefusedException;
import dev.belay.supervisor.merge.ConfigChange;
import dev.belay.supervisor.offer.ChainPlan;
import dev.belay.supervisor.offer.CheckResult;
import dev.belay.supervisor.offer.Choices;
import dev.belay.supervisor.offer.PlanAnswer;
import dev.belay.supervisor.offer.Planned;
import dev.belay.supervisor.offer.UpdateRequest;
import dev.belay.supervisor.status.Event;
import dev.belay.supervisor.status.EventListener;
import dev.belay.supervisor.status.EventLog;
import dev.belay.supervisor.status.HostStatus;
import dev.belay.supervisor.status.Step;
import dev.belay.supervisor.testing.ShopTest;
import dev.belay.supervisor.testing.TreeImage;
import dev.belay.versys.version.Version;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class UpdateTest extends ShopTest {
    @BeforeEach
    void aHostWithVisitors() throws Exception {
        host.edit("colour=red", "colour=blue");
        host.start();
        host.visit(7);
    }

    @Test
    void walksTheChainAndKeepsEditsAndRows() throws Exception {
        vendor.release("2.0.0", "1.0.0", "ok");
        vendor.release("3.0.0", "2.0.0", "flaky");
        List<Event> heard = new ArrayList<>();

        Outcome outcome = host.updates().update(UpdateRequest.latest(), heard::add);

        assertThat(outcome).isInstanceOf(Outcome.Updated.class);
        assertThat(outcome.exitCode()).isEqualTo(ExitCode.DONE);
        assertThat(host.get("/health")).contains("3.0.0");
        assertThat(host.rows()).contains("7 somebody", "migrated_to_2_0_0", "migrated_to_3_0_0");
        assertThat(host.home().config().resolve("conf/shop.properties"))
                .content()
                .contains("colour=blue", "since.3.0.0=yes")
                .doesNotContain("port=1\n");
        assertThat(heard)
                .hasAtLeastOneElementOfType(Event.Begun.class)
                .hasAtLeastOneElementOfType(Event.Committed.class)
                .hasAtLeastOneElementOfType(Event.Ended.class);
        assertThat(((Outcome.Updated) outcome).figures().hops()).hasSize(2);
        assertThat(host.updates().status().installed()).hasToString("3.0.0");
        assertThat(host.updates().history().getFirst().hops())
                .allMatch(hop -> hop.downtimeSeconds() > 0);
    }

    @Test
    void aReleaseThatAnswersWronglyIsPutBackAndRemembered() throws Exception {
        putsBack("wrong-version", "health-wrong-answer");
        CheckResult check = host.updates().check();
        assertThat(check.available()).isEmpty();
        assertThat(check.message())
                .startsWith("There is no way forward from 1.0.0 now. ")
                .contains("answered version ")
                .endsWith(".");
        assertThat(host.updates().status().available()).isNull();
        Outcome again = host.updates().update(UpdateRequest.latest(), EventListener.NONE);
        assertThat(again.exitCode()).isEqualTo(ExitCode.REFUSED);
        assertThat(again.message()).contains("2.0.0");
        Outcome third =
                host.updates()
                        .update(
                                new UpdateRequest(
                                        java.util.Optional.empty(), Set.of(Version.of("2.0.0"))),
                                EventListener.NONE);
        assertThat(third).isInstanceOf(Outcome.RolledBack.class);
    }

    @Test
    void whatIsNewIsTheNewsOnce() throws Exception {
        EventLog log = new EventLog(host.home().events());
        host.updates().check();
        assertThat(log.read()).isEmpty();
        vendor.release("2.0.0", "1.0.0", "ok");
        host.updates().check();
        host.updates().check();
        assertThat(log.read())
                .singleElement()
                .isInstanceOfSatisfying(
                        Event.Available.class,
                        event -> {
                            assertThat(event.version()).isEqualTo(Version.of("2.0.0"));
                            assertThat(event.message()).startsWith("2.0.0 is available; 1 hop.");
                        });
        assertThat(host.updates().history()).isEmpty();
    }

    @Test
    void aWayBackThatIsNotWholeIsRefusedUnlessAccepted() throws Exception {
        vendor.release("2.0.0", "1.0.0", "ok");
        Path gone = host.home().current().resolve("lib/behaviour");
        byte[] content = Files.readAllBytes(gone);
        Files.delete(gone);

        assertThatThrownBy(() -> host.updates().update(UpdateRequest.latest(), EventListener.NONE))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("lib/behaviour")
                .hasMessageContaining("Nothing was changed");
        assertThat(host.get("/health")).contains("1.0.0");

        assertThat(
                        host.updates()
                                .update(
                                        new UpdateRequest(
                                                Optional.empty(), Set.of(), true, Choices.NONE),
                                        EventListener.NONE))
                .isInstanceOf(Outcome.Updated.class);
        Files.write(host.home().release(Version.of("1.0.0")).resolve("lib/behaviour"), content);
    }

    @Test
    void aFileThatVanishesWhileTheHopRunsStopsIt() throws Exception {
        vendor.release("2.0.0", "1.0.0", "ok");
        Path shipped = host.home().current().toRealPath().resolve("lib/behaviour");
        byte[] content = Files.readAllBytes(shipped);
        AtomicBoolean again = new AtomicBoolean();

        Outcome outcome =
                host.updates()
                        .update(
                                UpdateRequest.latest(),
                                event -> exchange(event, shipped, content, again));

        assertThat(outcome.kind()).isEqualTo("release-incomplete");
        assertThat(outcome).isInstanceOf(Outcome.RolledBack.class);
        assertThat(host.get("/health")).contains("1.0.0");
        assertThat(host.updates().status().rejected()).isEmpty();
    }

    /// Takes the file away when the proof begins, and brings it back for the way back.
    private static void exchange(Event event, Path file, byte[] content, AtomicBoolean taken) {
        try {
            if (event instanceof Event.StepBegun step
                    && step.step() == Step.PROVE
                    && taken.compareAndSet(false, true)) {
                Files.delete(file);
            } else if (event instanceof Event.Failed) {
                Files.write(file, content);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void explainsTheWay() throws Exception {
        vendor.release("2.0.0", "1.0.0", "crash");
        assertThat(host.updates().explain(UpdateRequest.latest()).lines().getFirst())
                .isEqualTo("1.0.0 -> 2.0.0 (1 hop)");
        host.updates().update(UpdateRequest.latest(), EventListener.NONE);
        PlanAnswer rejected = host.updates().explain(UpdateRequest.latest());
        assertThat(rejected.result().hops()).isEmpty();
        assertThat(rejected.lines())
                .anySatisfy(line ->
                        assertThat(line)
                                .startsWith("2.0.0 was rejected here at ")
                                .contains("ended before it was healthy. To try it again: "));
        assertThat(
                        host.updates()
                                .explain(
                                        new UpdateRequest(
                                                Optional.empty(), Set.of(Version.of("2.0.0"))))
                                .lines())
                .hasSizeLessThan(4)
                .first()
                .isEqualTo("1.0.0 -> 2.0.0 (1 hop)");
    }

    @Test
    void aHomeWithoutItsJournalHasAnEmptyOne() throws Exception {
        vendor.release("2.0.0", "1.0.0", "ok");
        Files.delete(host.home().journal());
        assertThat(host.updates().status().state()).isEqualTo(HostStatus.State.IDLE);
        assertThat(host.updates().update(UpdateRequest.latest(), EventListener.NONE))
                .isInstanceOf(Outcome.Updated.class);
    }

    @Test
    void aReleaseThatCrashesAtOnceIsPutBack() throws Exception {
        Outcome.RolledBack outcome = putsBack("crash", "product-died");
        assertThat(outcome.message())
                .contains("2.0.0 ended before it was healthy")
                .doesNotContain("the configuration is of the wrong colour")
                .doesNotContain("..");
        assertThat(outcome.details())
                .anyMatch(line -> line.contains("the configuration is of the wrong colour"));
        assertThat(outcome.help()).contains("product.log");
        assertThat(host.updates().history().getFirst().details()).isEqualTo(outcome.details());
    }

    @Test
    void aReleaseThatCrashesAtItsFirstAnswerIsPutBack() throws Exception {
        putsBack("crash-later", "product-died");
    }

    @Test
    void aMigrationThatDestroysDataAndFailsCostsNothing() throws Exception {
        putsBack("bad-migration", "hook-failed");
    }

    @Test
    void aFailureInTheSecondHopStaysOnTheFirst() throws Exception {
        vendor.release("2.0.0", "1.0.0", "ok");
        vendor.release("3.0.0", "2.0.0", "crash");

        Outcome outcome = host.updates().update(UpdateRequest.latest(), EventListener.NONE);

        assertThat(outcome).isInstanceOf(Outcome.RolledBack.class);
        assertThat(((Outcome.RolledBack) outcome).now()).isEqualTo(Version.of("2.0.0"));
        assertThat(host.get("/health")).contains("2.0.0");
        assertThat(host.rows()).contains("7 somebody").doesNotContain("migrated_to_3_0_0");
    }

    @Test
    void planIsWhatUpdateDoes() throws Exception {
        vendor.release("2.0.0", "1.0.0", "ok");
        Files.writeString(host.home().current().resolve("lib/behaviour"), "ok \n");

        Planned planned = host.updates().plan(UpdateRequest.latest(), EventListener.NONE);

        assertThat(planned).isInstanceOf(Planned.Ready.class);
        ChainPlan chain = ((Planned.Ready) planned).chain();
        assertThat(chain.target()).isEqualTo(Version.of("2.0.0"));
        assertThat(chain.localChanges()).containsExactly("lib/behaviour");
        assertThat(chain.hops().getFirst().notes()).contains("What is new in 2.0.0");
        assertThat(chain.hops().getFirst().config())
                .extracting(ConfigChange::path)
                .containsExactly("conf/shop.properties");
        assertThat(host.get("/health")).contains("1.0.0");
    }

    @Test
    void anOutlineNeedsNoBundleAndLeavesNothing() throws Exception {
        vendor.release("2.0.0", "1.0.0", "ok");
        SortedMap<String, String> before = TreeImage.of(host.home().root(), this::lasting);

        ChainPlan outline =
                ((Planned.Outlined) host.updates().outline(UpdateRequest.latest())).chain();

        assertThat(TreeImage.of(host.home().root(), this::lasting)).isEqualTo(before);
        assertThat(outline.compared()).isFalse();
        ChainPlan plan =
                ((Planned.Ready) host.updates().plan(UpdateRequest.latest(), EventListener.NONE))
                        .chain();
        assertThat(plan.compared()).isTrue();
        assertThat(outline.hops().getFirst().digest()).isEqualTo(plan.hops().getFirst().digest());
        assertThat(outline.forecast().downloadBytes()).isPositive();
        // with the releases here, it is compared at no cost
        Planned again = host.updates().outline(UpdateRequest.latest());
        assertThat(((Planned.Outlined) again).chain().hops()).isEqualTo(plan.hops());
    }

    private boolean lasting(String path) {
        return !path.startsWith("data")
                && !path.endsWith(".log")
                && !path.endsWith("host-id")
                && !path.endsWith("/lock");
    }

    @Test
    void goesBackOnRequestWithTheOldData() throws Exception {
        host.stop();
        List<String> rows = host.rows();
        SortedMap<String, String> before = host.image();
        host.start();
        vendor.release("2.0.0", "1.0.0", "ok");
        host.updates().update(UpdateRequest.latest(), EventListener.NONE);
        host.visit(1);

        Outcome outcome = host.updates().rollback(true, EventListener.NONE);

        assertThat(outcome).isInstanceOf(Outcome.WentBack.class);
        assertThat(host.get("/health")).contains("1.0.0");
        host.stop();
        assertThat(host.rows()).isEqualTo(rows);
        assertThat(host.image()).isEqualTo(before);
    }

    private Outcome.RolledBack putsBack(String behaviour, String kind) throws Exception {
        host.stop();
        List<String> rows = host.rows();
        SortedMap<String, String> before = host.image();
        host.start();
        vendor.release("2.0.0", "1.0.0", behaviour);

        Outcome outcome = host.updates().update(UpdateRequest.latest(), EventListener.NONE);

        assertThat(outcome).isInstanceOf(Outcome.RolledBack.class);
        assertThat(outcome.kind()).isEqualTo(kind);
        assertThat(host.get("/health")).contains("1.0.0");
        host.stop();
        assertThat(host.rows()).isEqualTo(rows);
        assertThat(host.image()).isEqualTo(before);
        return (Outcome.RolledBack) outcome;
    }
}
