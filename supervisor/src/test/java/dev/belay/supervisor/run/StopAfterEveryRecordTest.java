package dev.belay.supervisor.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.packaging.durable.CopyFilter;
import dev.belay.packaging.durable.CopyVisitor;
import dev.belay.packaging.durable.DurableFiles;
import dev.belay.supervisor.backup.HomeBackups;
import dev.belay.supervisor.deployment.Deployment;
import dev.belay.supervisor.offer.HostParts;
import dev.belay.supervisor.offer.Planned;
import dev.belay.supervisor.offer.PreparedPlan;
import dev.belay.supervisor.offer.UpdateRequest;
import dev.belay.supervisor.service.TransactionId;
import dev.belay.supervisor.settings.ChainPolicy;
import dev.belay.supervisor.settings.RollbackPolicy;
import dev.belay.supervisor.status.EventListener;
import dev.belay.supervisor.status.EventLog;
import dev.belay.supervisor.status.HostStatus;
import dev.belay.supervisor.status.RejectedRelease;
import dev.belay.supervisor.testing.ShopHost;
import dev.belay.supervisor.testing.ShopVendor;
import dev.belay.supervisor.transaction.HopPlan;
import dev.belay.supervisor.transaction.Journal;
import dev.belay.supervisor.transaction.JournalFile;
import dev.belay.supervisor.transaction.JournalRecord;
import dev.belay.supervisor.transaction.Run;
import dev.belay.supervisor.transaction.RunEvents;
import dev.belay.versys.version.Version;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.SortedMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Stops a run before and after every record that it writes to its journal, as if the power went,
/// and lets the next supervisor take over: the whole tree is the old one or the new one, and the
/// journal alone says which.
@Tag("slow")
class StopAfterEveryRecordTest {
    // of this process alone: putting back ends whatever else carries the id
    private static final String ID =
            "20990101T000000Z-%06x".formatted(ThreadLocalRandom.current().nextInt(1 << 24));
    private static final Version ONE = Version.of("1.0.0");
    private static final Version TWO = Version.of("2.0.0");
    @TempDir Path directory;
    private ShopVendor vendor;
    private ShopHost prepared;
    private ChainPolicy onFailure = ChainPolicy.STOP;
    private int begin = 1;

    private static final class PowerCut extends Error {
        private static final long serialVersionUID = 1;
    }

    /// A journal whose machine goes dark before or after the n-th record is written.
    private record FailingJournal(Journal real, int[] left, boolean writesLast) implements Journal {
        @Override
        public void append(JournalRecord entry) {
            left[0]--;
            if (left[0] > 0 || (left[0] == 0 && writesLast)) {
                real.append(entry);
            }
            if (left[0] == 0) {
                throw new PowerCut();
            }
        }

        @Override
        public void close() {
            real.close();
        }
    }

    /// How a home looks.
    private record Picture(List<String> rows, SortedMap<String, String> image) {
        static Picture of(ShopHost host) throws Exception {
            return new Picture(host.rows(), host.image());
        }
    }

    @BeforeEach
    void aHostWithVisitors() throws Exception {
        vendor = new ShopVendor(directory.resolve("repository"));
        vendor.release("1.0.0", "none", "ok");
        prepared = new ShopHost(directory.resolve("prepared"), directory.resolve("repository"));
        prepared.install("1.0.0");
        visit(prepared, 3);
    }

    @Test
    void anUpdateCutOffAnywhereEndsOnTheOldOrTheNewRelease() throws Exception {
        sweep(
                ONE,
                updateTo("ok"),
                host -> {
                    assertThat(host.rows()).contains("migrated_to_2_0_0", "3 somebody");
                    assertThat(rejected(host)).isEmpty();
                });
    }

    @Test
    void anUpdateThatFailsAndIsCutOffAnywhereEndsOnTheOldRelease() throws Exception {
        sweep(ONE, updateTo("crash"), _ -> assertThat("committed").isEqualTo("never"));
    }

    @Test
    void aWayBackCutOffAnywhereEndsOnOneReleaseAndRemembersWhichWasLeft() throws Exception {
        Picture old = Picture.of(prepared);
        vendor.release("2.0.0", "1.0.0", "ok");
        prepared.updates().update(UpdateRequest.latest(), EventListener.NONE);
        prepared.stop();
        sweep(
                TWO,
                host -> List.of(WayBack.find(host.home(), true).plan(ID)),
                host -> {
                    assertThat(Picture.of(host)).isEqualTo(old);
                    assertThat(rejected(host)).containsExactly(TWO);
                });
    }

    @Test
    void aChainThatFailsAndIsCutOffAnywhereReturnsToWhereItBegan() throws Exception {
        Picture old = Picture.of(prepared);
        onFailure = ChainPolicy.RETURN;
        begin = 21; // where the first hop is committed; what comes before is swept above
        vendor.release("2.0.0", "1.0.0", "ok");
        vendor.release("3.0.0", "2.0.0", "crash");
        PreparedPlan plan = plan();
        sweep(
                ONE,
                _ -> HostUpdates.hops(ID, plan),
                host -> {
                    boolean second =
                            JournalFile.read(host.home().journal(), ID).stream()
                                    .anyMatch(record ->
                                            record instanceof JournalRecord.HopBegun begun
                                                    && begun.hop().number() == 2);
                    // between two hops nothing has failed, and what was reached stays
                    assertThat(host.home().installed()).hasValue(second ? ONE : TWO);
                    if (second) {
                        assertThat(Picture.of(host)).isEqualTo(old);
                        assertThat(rejected(host)).doesNotContain(TWO);
                    }
                });
    }

    @Test
    void aRestoreCutOffAnywhereEndsOnOneOfTheMoments() throws Exception {
        Picture old = Picture.of(prepared);
        String backup = backup();
        visit(prepared, 1);
        sweep(
                ONE,
                restoreOf(backup),
                host -> {
                    // a restored database holds the same, but not always in the same bytes
                    assertThat(host.rows()).isEqualTo(old.rows());
                    assertThat(rejected(host)).isEmpty();
                });
    }

    @Test
    void aRestoreThatFailsAndIsCutOffAnywhereBlamesNoRelease() throws Exception {
        prepared.edit("colour=red", "colour=red\nport=none");
        String backup = backup();
        prepared.edit("\nport=none", "");
        sweep(ONE, restoreOf(backup), _ -> assertThat("committed").isEqualTo("never"));
    }

    private interface Judgement {
        void of(ShopHost host) throws Exception;
    }

    /// @param from the release before the run
    /// @param hops what is walked
    /// @param done what must be true once the hop is committed
    private void sweep(Version from, Function<ShopHost, List<HopPlan>> hops, Judgement done)
            throws Exception {
        Picture before = Picture.of(prepared);
        int cuts = 0;
        boolean going = true;
        for (int n = begin; going; n++) {
            for (boolean writesLast : new boolean[] {false, true}) {
                ShopHost host = copy();
                String moment = (writesLast ? "after" : "before") + " record " + n;
                try {
                    going = cutOff(host, hops.apply(host), n, writesLast);
                    cuts += going ? 1 : 0;
                    host.updates().recover(EventListener.NONE);
                    List<JournalRecord> records = JournalFile.read(host.home().journal(), ID);
                    assertThat(host.updates().recover(EventListener.NONE)).isEmpty();
                    HostStatus status = host.updates().status();
                    host.stop();
                    assertThat(status.state()).as(moment).isEqualTo(HostStatus.State.IDLE);
                    if (records.stream().anyMatch(JournalRecord.Committed.class::isInstance)) {
                        done.of(host);
                    } else {
                        assertThat(status.installed()).as(moment).isEqualTo(from);
                        assertThat(Picture.of(host)).as(moment).isEqualTo(before);
                    }
                } finally {
                    host.stop();
                    DurableFiles.deleteTree(host.home().root());
                }
            }
        }
        assertThat(cuts).isGreaterThan(2 * 10);
    }

    /// @return whether the run was still going on at that record
    private boolean cutOff(ShopHost host, List<HopPlan> hops, int n, boolean writesLast) {
        HostParts parts = host.parts(() -> false);
        InstantSource clock = InstantSource.system();
        try (Journal journal =
                new FailingJournal(
                        JournalFile.open(host.home().journal(), ID), new int[] {n}, writesLast)) {
            Run run =
                    new Run(
                            host.home(),
                            ID,
                            journal,
                            new RunEvents(
                                    new EventLog(host.home().events()),
                                    EventListener.NONE,
                                    clock,
                                    ID),
                            clock,
                            parts.backups(),
                            (Deployment d) -> parts.product(d),
                            () -> false);
            Accounts accounts = new Accounts(host.home(), clock, true, "host", "stable");
            ScopedValue.where(TransactionId.CURRENT, ID)
                    .run(() ->
                            new ChainRun(run, accounts, onFailure, RollbackPolicy.ASK)
                                    .walk(hops.getFirst().intent().kind(), hops, null, 0));
            return false;
        } catch (PowerCut cut) {
            return true;
        }
    }

    private Function<ShopHost, List<HopPlan>> updateTo(String behaviour) throws Exception {
        vendor.release("2.0.0", "1.0.0", behaviour);
        PreparedPlan plan = plan();
        return _ -> HostUpdates.hops(ID, plan);
    }

    private PreparedPlan plan() {
        return ((Planned.Ready) prepared.updates().plan(UpdateRequest.latest(), EventListener.NONE))
                .plan();
    }

    private static Function<ShopHost, List<HopPlan>> restoreOf(String backup) {
        return host ->
                List.of(
                        Restore.find(
                                        host.home(),
                                        host.parts(() -> false).backups().repository(),
                                        backup)
                                .plan(ID, ONE));
    }

    private String backup() {
        HomeBackups backups = prepared.parts(() -> false).backups();
        return backups.createWithProgram(Deployment.installed(prepared.home()), "test", true).id();
    }

    private static void visit(ShopHost host, int times) throws Exception {
        host.start();
        host.visit(times);
        host.stop();
    }

    private static List<Version> rejected(ShopHost host) {
        return host.updates().status().rejected().stream().map(RejectedRelease::version).toList();
    }

    private ShopHost copy() throws IOException {
        Path home = directory.resolve("host");
        DurableFiles.copyTree(prepared.home().root(), home, CopyFilter.ALL, CopyVisitor.NONE);
        return new ShopHost(home, directory.resolve("repository"));
    }
}
