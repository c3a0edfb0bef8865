package dev.belay.supervisor.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.belay.packaging.failure.BelayException;
import dev.belay.packaging.failure.ExitCode;
import dev.belay.supervisor.offer.Choices;
import dev.belay.supervisor.offer.ManualAction;
import dev.belay.supervisor.offer.Planned;
import dev.belay.supervisor.offer.UpdateRequest;
import dev.belay.supervisor.status.EventListener;
import dev.belay.supervisor.testing.ShopTest;
import dev.belay.versys.version.Version;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What the admin may decide about a way: rollouts, risks, manual actions, ways down.
class ChoicesTest extends ShopTest {
    @BeforeEach
    void aHost() throws Exception {
        host.start();
        host.visit(3);
    }

    @Test
    void aRolloutIsWaitedForUnlessTheAdminTakesItNow() throws Exception {
        vendor.release("2.0.0", "1.0.0", "ok");
        vendor.amend("2.0.0", "{\"rollout\":{\"from\":0.0001}}");

        Outcome waiting = update(Choices.NONE);
        assertThat(waiting.kind()).isEqualTo("waiting-for-rollout");
        assertThat(waiting.exitCode()).isEqualTo(ExitCode.REFUSED);
        assertThat(((Outcome.NoWay) waiting).help()).contains("supervisor update --now");
        assertThat(host.updates().check().available()).isEmpty();

        Choices now =
                new Choices(true, Set.of(), Optional.empty(), false, Optional.empty(), Set.of());
        assertThat(host.updates().check(asking(now)).available()).hasValue(Version.of("2.0.0"));
        assertThat(host.updates().status().available()).isNull();
        assertThat(update(now)).isInstanceOf(Outcome.Updated.class);
        assertThat(host.get("/health")).contains("2.0.0");
    }

    @Test
    void aRiskIsTakenOnlyByName() throws Exception {
        vendor.release("2.0.0", "1.0.0", "ok");
        vendor.amend(
                "2.0.0",
                "{\"conditions\":[{\"risk\":\"SlowIndex\",\"when\":{\"db.engine\":\"mysql\"},"
                        + "\"message\":\"takes hours\"}]}");

        Outcome blocked = update(Choices.NONE);
        assertThat(blocked.kind()).isEqualTo("blocked");
        assertThat(blocked.message()).contains("SlowIndex", "takes hours", "Nothing was changed");
        assertThatThrownBy(() -> update(accepting("SlowIndx")))
                .isInstanceOfSatisfying(
                        BelayException.class,
                        e -> assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE))
                .hasMessageContaining("no risk 'SlowIndx'. Nothing was changed");
        assertThat(update(accepting("SlowIndex"))).isInstanceOf(Outcome.Updated.class);
        assertThat(host.get("/health")).contains("2.0.0");
    }

    @Test
    void theWayStopsBeforeWhatAPersonHasToDo() throws Exception {
        vendor.release("2.0.0", "1.0.0", "ok");
        vendor.release("3.0.0", "2.0.0", "ok");
        vendor.amend(
                "3.0.0",
                "{\"manual-actions\":[{\"name\":\"cert\",\"message\":\"renew the certificate\"}]}");

        assertThat(host.updates().check().message())
                .contains("3.0.0 is available", "Before 3.0.0", "renew the certificate");
        Planned planned = host.updates().plan(UpdateRequest.latest(), EventListener.NONE);
        assertThat(((Planned.Ready) planned).chain().target()).isEqualTo(Version.of("2.0.0"));
        assertThat(((Planned.Ready) planned).chain().awaits())
                .hasValue(new ManualAction(Version.of("3.0.0"), "renew the certificate"));

        Outcome first = update(Choices.NONE);
        assertThat(host.get("/health")).contains("2.0.0");
        assertThat(first.message())
                .contains("renew the certificate", "supervisor update --confirm 3.0.0");

        assertThatThrownBy(() -> update(confirming("3.0")))
                .hasMessageContaining("no release '3.0'. Nothing was changed");
        Outcome refused = update(confirming("2.0.0"));
        assertThat(refused.kind()).isEqualTo("manual-action");
        assertThat(refused.exitCode()).isEqualTo(ExitCode.REFUSED);
        assertThat(refused.message()).contains("renew the certificate", "Nothing was changed");
        assertThat(host.get("/health")).contains("2.0.0");

        assertThat(update(confirming("3.0.0"))).isInstanceOf(Outcome.Updated.class);
        assertThat(host.get("/health")).contains("3.0.0");
    }

    @Test
    void aWayDownIsTakenOnlyIfTheVendorOffersItAndTheAdminAllowsIt() throws Exception {
        vendor.release("2.0.0", "1.0.0", "ok");
        assertThat(update(Choices.NONE)).isInstanceOf(Outcome.Updated.class);
        vendor.amend("1.0.0", "{\"previous\":[\"2.0.0\"]}");

        UpdateRequest back = UpdateRequest.to(Version.of("1.0.0"));
        Outcome refused = host.updates().update(back, EventListener.NONE);
        assertThat(refused.message()).contains("downgrades were not allowed");
        assertThat(host.get("/health")).contains("2.0.0");

        Outcome down =
                host.updates()
                        .update(
                                new UpdateRequest(
                                        Optional.of(Version.of("1.0.0")),
                                        Set.of(),
                                        false,
                                        new Choices(
                                                false,
                                                Set.of(),
                                                Optional.empty(),
                                                true,
                                                Optional.empty(),
                                                Set.of())),
                                EventListener.NONE);
        assertThat(down).isInstanceOf(Outcome.Updated.class);
        assertThat(host.get("/health")).contains("1.0.0");
        assertThat(host.rows()).contains("3 somebody");
    }

    private Outcome update(Choices choices) {
        return host.updates().update(asking(choices), EventListener.NONE);
    }

    private static UpdateRequest asking(Choices choices) {
        return new UpdateRequest(Optional.empty(), Set.of(), false, choices);
    }

    private static Choices accepting(String risk) {
        return new Choices(
                false, Set.of(risk), Optional.empty(), false, Optional.empty(), Set.of());
    }

    private static Choices confirming(String version) {
        return new Choices(
                false,
                Set.of(),
                Optional.empty(),
                false,
                Optional.empty(),
                Set.of(Version.of(version)));
    }
}
