package dev.belay.supervisor.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.packaging.durable.CopyFilter;
import dev.belay.packaging.durable.CopyVisitor;
import dev.belay.packaging.durable.DurableFiles;
import dev.belay.supervisor.deployment.Deployment;
import dev.belay.supervisor.status.EventListener;
import dev.belay.supervisor.status.EventLog;
import dev.belay.supervisor.testing.ShopHost;
import dev.belay.supervisor.testing.ShopVendor;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Stops a run before and after every record that it writes to its journal, as if the power went,
/// and lets the next supervisor take over: the whole tree is the old one or the new one.
class StopAfterEveryRecordTest {
    @TempDir Path directory;

    private static final class PowerCut extends Error {
        private static final long serialVersionUID = 1;
    }

    /// A journal whose machine goes dark at the n-th record.
    private static final class FailingJournal implements Journal {
        private final Journal real;
        private final int records;
        private final boolean writesLast;
        private int written;

        FailingJournal(Journal real, int records, boolean writesLast) {
            this.real = real;
            this.records = records;
            this.writesLast = writesLast;
        }

        @Override
        public void append(JournalRecord entry) {
            written++;
            if (written == records && !writesLast) {
                throw new PowerCut();
            }
            real.append(entry);
            if (written == records) {
                throw new PowerCut();
            }
        }

        @Override
        public void close() {
            real.close();
        }
    }

    @Test
    void anUpdateCutOffAnywhereEndsOnTheOldOrTheNewRelease() throws Exception {
        sweep("ok", 24);
    }

    @Test
    void aRollbackCutOffAnywhereEndsOnTheOldRelease() throws Exception {
        sweep("crash", 24);
    }

    private void sweep(String behaviour, int records) throws Exception {
        ShopVendor vendor = new ShopVendor(directory.resolve("repository"));
        vendor.release("1.0.0", "none", "ok");
        ShopHost prepared =
                new ShopHost(directory.resolve("prepared"), directory.resolve("repository"));
        prepared.install("1.0.0");
        prepared.start();
        prepared.visit(3);
        prepared.stop();
        List<String> rows = prepared.rows();
        SortedMap<String, String> image = prepared.image();
        vendor.release("2.0.0", "1.0.0", behaviour);
        ChainPlan plan = ((Planned.Ready) prepared.updates().plan(UpdateRequest.latest())).chain();
        int cuts = 0;
        for (int n = 1; n <= records; n++) {
            ShopHost host = copy(prepared, "host");
            try {
                cuts += cutOff(host, plan, n) ? 1 : 0;
                host.updates().recover(EventListener.NONE);
                host.updates().recover(EventListener.NONE);
                String installed = host.updates().status().installed();
                host.stop();
                if ("1.0.0".equals(installed)) {
                    assertThat(host.rows()).as("record %d", n).isEqualTo(rows);
                    assertThat(host.image()).as("record %d", n).isEqualTo(image);
                } else {
                    assertThat(behaviour).isEqualTo("ok");
                    assertThat(host.rows()).as("record %d", n).contains("migrated_to_2_0_0");
                }
                assertThat(host.updates().status().state()).hasToString("IDLE");
            } finally {
                host.stop();
                DurableFiles.deleteTree(host.home().root());
            }
        }
        assertThat(cuts).isGreaterThan(10);
    }

    /// @return whether the run was still going on at that record
    private boolean cutOff(ShopHost host, ChainPlan plan, int n) {
        HostParts parts = host.parts(() -> false);
        String id = "20260101T000000Z-00000" + n % 10;
        RunEvents events =
                new RunEvents(
                        new EventLog(host.home().own("events.jsonl")),
                        EventListener.NONE,
                        InstantSource.system(),
                        id);
        try (Journal journal =
                new FailingJournal(
                        JournalFile.open(host.home().own("journal"), id), n, n % 2 == 0)) {
            Run run =
                    new Run(
                            host.home(),
                            id,
                            journal,
                            events,
                            InstantSource.system(),
                            (Deployment d) -> parts.product(d),
                            () -> false);
            ScopedValue.where(TransactionId.CURRENT, id)
                    .run(() ->
                            new ChainRun(
                                            run,
                                            parts,
                                            new Accounts(host.home(), true, "host", "stable"))
                                    .walk(plan, 0));
            return false;
        } catch (PowerCut cut) {
            return true;
        }
    }

    private ShopHost copy(ShopHost prepared, String name) throws IOException {
        Path home = directory.resolve(name);
        DurableFiles.copyTree(prepared.home().root(), home, CopyFilter.ALL, CopyVisitor.NONE);
        return new ShopHost(home, directory.resolve("repository"));
    }
}
