package dev.belay.supervisor.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.belay.packaging.failure.BelayException;
import dev.belay.packaging.failure.ExitCode;
import dev.belay.packaging.failure.RefusedException;
import dev.belay.supervisor.deployment.HomeLock;
import dev.belay.supervisor.offer.UpdateRequest;
import dev.belay.supervisor.status.Event;
import dev.belay.supervisor.status.EventListener;
import dev.belay.supervisor.status.HostStatus;
import dev.belay.supervisor.status.Outbox;
import dev.belay.supervisor.status.Step;
import dev.belay.supervisor.testing.ShopHost;
import dev.belay.supervisor.testing.ShopTest;
import dev.belay.supervisor.testing.TreeImage;
import dev.belay.versys.version.Version;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What is refused before anything stops, and what happens when even the way back fails.
class RefusalsTest extends ShopTest {
    @BeforeEach
    void aHostThatCouldUpdate() throws Exception {
        host.start();
        host.visit(2);
    }

    @Test
    void aBrokenConfigurationFileIsNamed() throws Exception {
        vendor.release("2.0.0", "1.0.0", "ok");
        host.edit("colour=red", "colour=\\u00zz");
        refuses("config-unreadable", ExitCode.REFUSED);
        host.edit("colour=\\u00zz", "colour=red");
        assertThat(host.get("/health")).contains("1.0.0");
    }

    @Test
    void aHomeThatCannotBeRenamedIsRefused() throws Exception {
        vendor.release("2.0.0", "1.0.0", "ok");
        Path elsewhere = directory.resolve("elsewhere");
        Files.move(host.home().data(), elsewhere);
        Files.createSymbolicLink(host.home().data(), elsewhere);
        refuses("home-not-one-file-system", ExitCode.REFUSED);
    }

    @Test
    void aReleaseThatNeedsAnotherJavaIsRefused() throws Exception {
        vendor.release("2.0.0", "1.0.0", "ok", "requires: {java: \">=99\"}\n");
        refuses("requirement-not-met", ExitCode.REFUSED);
    }

    @Test
    void everythingThatTheHostDoesNotHaveIsNamedAtOnce() throws Exception {
        try (ServerSocket taken = new ServerSocket(0)) {
            String needs =
                    """
                    requires:
                      commands: {tar: "*", bash: ">=99", no-such-command: "*"}
                      libc: {glibc: ">=99", musl: ">=99"}
                      memory: 900TB
                      ports: [%d]
                      facts: {db.engine: mysql, db.version: ">=13"}
                    """
                            .formatted(taken.getLocalPort());
            vendor.release("1.0.1", "none", "ok", needs);
            vendor.release("2.0.0", "1.0.0", "ok", needs);
            host.stop();
            String[] unmet = {
                "the command bash >=99 (found: ",
                "the command no-such-command * (found: none)",
                "glibc >=99 or musl >=99 (found: ",
                "memory of 900",
                "port " + taken.getLocalPort() + " free (found: ",
                "the fact db.engine mysql (found: none)",
                "the fact db.version >=13 (found: none)",
                "Nothing was changed"
            };
            assertThatThrownBy(
                            () -> host.updates().plan(UpdateRequest.latest(), EventListener.NONE))
                    .hasMessageContainingAll(unmet)
                    .hasMessageNotContaining("the command tar");
            ShopHost empty =
                    new ShopHost(directory.resolve("empty"), directory.resolve("repository"));
            empty.home().create();
            Files.copy(host.home().settings(), empty.home().settings());
            Installation installation = new Installation(empty.parts(() -> false));
            assertThatThrownBy(() ->
                            installation.install(
                                    Optional.of(Version.of("1.0.1")), EventListener.NONE))
                    .hasMessageContainingAll(unmet);
            assertThat(empty.home().installed()).isEmpty();
        }
    }

    @Test
    void aReleaseThatNeedsMoreDiskIsRefused() throws Exception {
        vendor.release("2.0.0", "1.0.0", "ok", "requires: {disk: 900000GB}\n");
        refuses("disk-full", ExitCode.REFUSED);
    }

    @Test
    void anUpdateThatDoesNotFitIsRefusedWithNumbersBeforeAnythingIsFetched() throws Exception {
        vendor.release("2.0.0", "1.0.0", "ok");
        try (RandomAccessFile sparse =
                new RandomAccessFile(host.home().data().resolve("data/big").toFile(), "rw")) {
            sparse.setLength(4_000_000_000_000L);
        }
        List<Event> heard = new ArrayList<>();
        assertThatThrownBy(() -> host.updates().update(UpdateRequest.latest(), heard::add))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("This needs 8.0 TB at its worst moment")
                .hasMessageContaining("4.0 TB for backups, 4.0 TB for working copies")
                .hasMessageContaining("too little. Nothing was changed");
        assertThat(heard).noneMatch(Event.StepBegun.class::isInstance);
        assertThat(host.home().cache()).isEmptyDirectory();
    }

    @Test
    void whatIsGoingToBeWrittenIsSaidBeforeItIsFetched() throws Exception {
        vendor.release("2.0.0", "1.0.0", "ok");
        List<Event> heard = new ArrayList<>();
        host.updates().plan(UpdateRequest.latest(), heard::add);
        assertThat(heard.get(1)).isInstanceOf(Event.Foreseen.class);
        assertThat(heard.get(1).message()).contains("to download and", "to unpack");
        assertThat(heard.get(2)).isInstanceOf(Event.StepBegun.class);
    }

    @Test
    void aPortInUseIsNoticedWhileTheProductIsStopped() throws Exception {
        vendor.release("2.0.0", "1.0.0", "ok");
        host.stop();
        int port =
                Integer.parseInt(
                        Files.readString(host.home().config().resolve("conf/shop.properties"))
                                .replaceAll("(?s).*port=(\\d+).*", "$1"));
        try (ServerSocket _ = await().ignoreExceptions().until(() -> listen(port), s -> true)) {
            refuses("port-in-use", ExitCode.REFUSED);
        }
    }

    /// Any connection of this machine may have the port for a moment.
    private static ServerSocket listen(int port) throws IOException {
        return new ServerSocket(port, 5, InetAddress.getLoopbackAddress());
    }

    @Test
    void withoutANetworkNothingHappens() throws Exception {
        Files.move(directory.resolve("repository"), directory.resolve("gone"));
        refuses("network-unreachable", ExitCode.FAILED);
        assertThat(host.get("/health")).contains("1.0.0");
    }

    @Test
    void aSecondSupervisorIsTurnedAway() throws Exception {
        vendor.release("2.0.0", "1.0.0", "ok");
        try (HomeLock _ = HomeLock.take(host.home(), "supervisor update")) {
            refuses("home-locked", ExitCode.LOCKED);
        }
    }

    @Test
    void goingBackDoesNotLoseDataUnasked() throws Exception {
        vendor.release("2.0.0", "1.0.0", "ok");
        host.updates().update(UpdateRequest.latest(), EventListener.NONE);
        host.visit(1);
        assertThatThrownBy(() -> host.updates().rollback(false, EventListener.NONE))
                .hasMessageContaining("data/data/shop.db")
                .hasMessageContaining("table visits: 1 row more than before");
        assertThat(host.get("/health")).contains("2.0.0");
    }

    @Test
    void aRunThatIsAskedToStopPutsTheHopBackAndBlamesNobody() throws Exception {
        vendor.release("2.0.0", "1.0.0", "no-port");
        AtomicBoolean stop = new AtomicBoolean();
        HostUpdates updates = new HostUpdates(host.parts(stop::get));

        Outcome outcome =
                updates.update(
                        UpdateRequest.latest(),
                        event ->
                                stop.compareAndSet(
                                        false,
                                        event instanceof Event.StepBegun step
                                                && step.step() == Step.HEALTH));

        assertThat(outcome.kind()).isEqualTo("interrupted");
        assertThat(outcome).isInstanceOf(Outcome.RolledBack.class);
        assertThat(host.get("/health")).contains("1.0.0");
        assertThat(host.updates().status().rejected()).isEmpty();
    }

    @Test
    void aFailedRollbackKeepsBothCausesAndIsTriedAgainOnRequest() throws Exception {
        vendor.release("2.0.0", "1.0.0", "crash");
        SortedMap<String, String> config = TreeImage.of(host.home().config(), _ -> true);
        Path behaviour = host.home().current().toRealPath().resolve("lib/behaviour");
        Files.writeString(behaviour, "crash\n");

        Outcome outcome = host.updates().update(UpdateRequest.latest(), EventListener.NONE);

        assertThat(outcome).isInstanceOf(Outcome.NotRolledBack.class);
        assertThat(outcome.exitCode()).isEqualTo(ExitCode.NOT_ROLLED_BACK);
        assertThat(outcome.message())
                .contains("2.0.0 ended before it was healthy")
                .contains("1.0.0 ended before it was healthy");
        assertThat(host.updates().status().state()).isEqualTo(HostStatus.State.NEEDS_ATTENTION);
        assertThat(host.updates().update(UpdateRequest.latest(), EventListener.NONE).exitCode())
                .isEqualTo(ExitCode.NOT_ROLLED_BACK);
        assertThat(TreeImage.of(host.home().config(), _ -> true)).isEqualTo(config);

        Files.writeString(behaviour, "ok\n");
        assertThat(host.updates().rollback(false, EventListener.NONE))
                .isInstanceOf(Outcome.WentBack.class);
        assertThat(host.get("/health")).contains("1.0.0");
    }

    @Test
    void aReportWaitsUntilTheServerTakesItOnce() throws Exception {
        vendor.release("2.0.0", "1.0.0", "ok");
        host.updates().update(UpdateRequest.latest(), EventListener.NONE);
        Outbox outbox = new Outbox(host.home().outbox());
        List<String> sent = new ArrayList<>();
        assertThat(outbox.flush(_ -> false)).isZero();
        assertThat(outbox.flush(sent::add)).isEqualTo(1);
        assertThat(outbox.flush(sent::add)).isZero();
        assertThat(sent.getFirst()).contains("\"from\":\"1.0.0\"", "\"outcome\":\"updated\"");
    }

    @Test
    void whatCannotFitByTheSizesOfTheChannelIsRefusedBeforeAnythingIsFetched() throws Exception {
        vendor.release("2.0.0", "1.0.0", "ok");
        Path channel = directory.resolve("repository/shop/channels/stable.json");
        Files.writeString(
                channel,
                Files.readString(channel)
                        .replaceAll("\"unpacked\":\\s*\\d+", "\"unpacked\":900000000000000"));

        refuses("disk-full", ExitCode.REFUSED);

        assertThatThrownBy(() -> host.updates().update(UpdateRequest.latest(), EventListener.NONE))
                .hasMessageContainingAll("900.0 TB to unpack", " are free: ", " too little");
        assertThat(host.home().cache()).isEmptyDirectory();
    }

    private void refuses(String kind, ExitCode exitCode) throws Exception {
        SortedMap<String, String> before = host.image();
        assertThatThrownBy(() -> host.updates().update(UpdateRequest.latest(), EventListener.NONE))
                .isInstanceOfSatisfying(
                        BelayException.class,
                        e -> {
                            assertThat(e.kind()).isEqualTo(kind);
                            assertThat(e.exitCode()).isEqualTo(exitCode);
                        });
        assertThat(host.image()).isEqualTo(before);
    }
}
