package dev.belay.supervisor.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.belay.packaging.failure.RefusedException;
import dev.belay.supervisor.deployment.HomeLock;
import dev.belay.supervisor.offer.Planned;
import dev.belay.supervisor.offer.PreparedPlan;
import dev.belay.supervisor.offer.UpdateRequest;
import dev.belay.supervisor.status.Event;
import dev.belay.supervisor.status.EventListener;
import dev.belay.supervisor.status.RejectedRelease;
import dev.belay.supervisor.status.RejectedReleases;
import dev.belay.supervisor.status.Step;
import dev.belay.supervisor.testing.ShopTest;
import dev.belay.versys.version.Version;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What was shown is what is executed, or nothing is.
class PreparedPlanTest extends ShopTest {
    private static final Version TWO = Version.of("2.0.0");

    @BeforeEach
    void aHostThatCouldUpdate() throws Exception {
        host.start();
        vendor.release("2.0.0", "1.0.0", "ok");
    }

    @Test
    void theReleaseIsAskedOnceAndNeverForAnOutline() throws Exception {
        PreparedPlan plan = plan();
        assertThat(host.updates().outline(UpdateRequest.latest()))
                .isInstanceOf(Planned.Outlined.class);
        assertThat(host.updates().update(plan, EventListener.NONE))
                .isInstanceOf(Outcome.Updated.class);
        assertThat(host.home().release(TWO).resolve("work/preflights"))
                .content()
                .isEqualTo("asked\n");
    }

    @Test
    void oneTransactionPreparesAndWalks() {
        List<Event> heard = new ArrayList<>();
        Outcome outcome = host.updates().update(UpdateRequest.latest(), heard::add);
        assertThat(heard)
                .allSatisfy(event ->
                        assertThat(((Event.OfRun) event).transaction())
                                .isEqualTo(((Outcome.Updated) outcome).transaction()))
                .anyMatch(e -> e instanceof Event.StepDone s && s.step() == Step.DOWNLOAD)
                .hasAtLeastOneElementOfType(Event.Committed.class);
    }

    @Test
    void anEditAfterThePlanIsNamedAndNothingIsChanged() throws Exception {
        PreparedPlan plan = plan();
        host.edit("colour=red", "colour=blue");
        changed(plan, "conf/shop.properties was changed");
        assertThat(host.updates().update(plan(), EventListener.NONE))
                .isInstanceOf(Outcome.Updated.class);
        assertThat(config()).contains("colour=blue");
    }

    @Test
    void aReleaseThatFailedMeanwhileIsNotWalkedTo() throws Exception {
        PreparedPlan plan = plan();
        new RejectedReleases(host.home().rejected())
                .add(
                        new RejectedRelease(
                                TWO, null, Instant.now(), "t", "hook-failed", "It failed."));
        changed(plan, "other releases count as rejected");
    }

    @Test
    void aReleaseThatIsGoneIsNotWalkedTo() throws Exception {
        PreparedPlan plan = plan();
        Files.move(host.home().release(TWO), directory.resolve("elsewhere"));
        changed(plan, "2.0.0 is no longer unpacked");
    }

    @Test
    void aPlanOfAnotherReleaseStandsNoLonger() throws Exception {
        PreparedPlan plan = plan();
        host.updates().update(plan, EventListener.NONE);
        changed(plan, "2.0.0 is installed now, no longer 1.0.0");
    }

    @Test
    void newerMetadataIsLookedAtAgain() throws Exception {
        PreparedPlan plan = plan();
        Files.createDirectories(host.home().tuf());
        Files.writeString(host.home().tuf().resolve("snapshot.json"), "{}");
        changed(plan, "the vendor has published something since");
    }

    @Test
    void whoIsAskedToStopBeforeTheFirstHopChangesNothing() throws Exception {
        PreparedPlan plan = plan();
        SortedMap<String, String> before = host.image();
        assertThatThrownBy(() ->
                        new HostUpdates(host.parts(() -> true)).update(plan, EventListener.NONE))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("Nothing was changed");
        assertThat(host.image()).isEqualTo(before);
        assertThat(host.get("/health")).contains("1.0.0");
    }

    @Test
    void whatWasMergedForThePlanIsPutInPlace() {
        List<Event> heard = new ArrayList<>();
        host.updates().update(UpdateRequest.latest(), heard::add);
        assertThat(merged(heard)).singleElement().asString().endsWith("0 conflict(s), as planned");
    }

    @Test
    void whatAReleaseWroteIntoItsConfigurationIsMergedAnewAndSaid() throws Exception {
        vendor.release("3.0.0", "2.0.0", "writes-config");
        vendor.release("4.0.0", "3.0.0", "ok");
        List<Event> heard = new ArrayList<>();
        Outcome outcome = host.updates().update(UpdateRequest.latest(), heard::add);
        assertThat(outcome).isInstanceOf(Outcome.Updated.class);
        assertThat(merged(heard)).hasSize(3);
        assertThat(merged(heard).get(1)).endsWith("as planned");
        assertThat(merged(heard).get(2))
                .endsWith("the product wrote meanwhile: conf/shop.properties");
        assertThat(config()).contains("written.by=3.0.0", "since.4.0.0=yes");
    }

    @Test
    void aSettingThatTheReleaseDeclaresToHaveMovedKeepsItsValue() throws Exception {
        vendor.release(
                "3.0.0",
                "2.0.0",
                "ok",
                "config-migrations: [{file: conf/shop.properties,"
                        + " rename: {from: since.2.0.0, to: since.3.0.0}}]\n");
        host.updates().update(UpdateRequest.to(TWO), EventListener.NONE);
        host.edit("since.2.0.0=yes", "since.2.0.0=mine");
        host.updates().update(UpdateRequest.latest(), EventListener.NONE);
        assertThat(config()).contains("since.3.0.0=mine").doesNotContain("since.2.0.0");
    }

    @Test
    void whatAnotherOneIsBringingToTheHomeIsNotTidiedAway() throws Exception {
        PreparedPlan plan = plan();
        Path part = host.home().cache().resolve(".part");
        Path unfinished = host.home().releases().resolve(".staging-3.0.0");
        try (HomeLock _ = HomeLock.takeStaging(host.home(), "another")) {
            Files.writeString(part, "half");
            Files.createDirectories(unfinished);
            assertThat(host.updates().update(plan, EventListener.NONE))
                    .isInstanceOf(Outcome.Updated.class);
            assertThat(part).exists();
            assertThat(unfinished).exists();
        }
        vendor.release("3.0.0", "2.0.0", "ok");
        host.updates().update(UpdateRequest.latest(), EventListener.NONE);
        assertThat(part).doesNotExist();
    }

    private static List<String> merged(List<Event> heard) {
        return heard.stream()
                .filter(e -> e instanceof Event.StepDone done && done.step() == Step.COPY)
                .map(Event::message)
                .toList();
    }

    private void changed(PreparedPlan plan, String words) throws Exception {
        SortedMap<String, String> before = host.image();
        Outcome outcome = host.updates().update(plan, EventListener.NONE);
        assertThat(outcome).isInstanceOf(Outcome.PlanChanged.class);
        assertThat(outcome.message()).contains(words, "Nothing was changed");
        assertThat(host.image()).isEqualTo(before);
    }

    private PreparedPlan plan() {
        return ((Planned.Ready) host.updates().plan(UpdateRequest.latest(), EventListener.NONE))
                .plan();
    }

    private String config() throws IOException {
        return Files.readString(host.home().config().resolve("conf/shop.properties"));
    }
}
