package dev.belay.supervisor.crash;

import dev.belay.packaging.durable.DiskFault;
import dev.belay.packaging.durable.DiskTree;
import dev.belay.packaging.durable.DiskWatch;
import dev.belay.packaging.failure.BelayException;
import dev.belay.supervisor.run.Outcome;
import dev.belay.supervisor.testing.ShopHost;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/// Lets the disk fail at every act of one run, in every way, once or from then on.
final class FaultSweep extends RunSweep {
    FaultSweep(CrashRun run, Path directory, long seed) {
        super(run, directory, seed);
    }

    private int lasting;

    /// One way to fail.
    private record Fault(int number, DiskFault fault, DiskFault.Duration duration) {
        @Override
        public String toString() {
            return fault + " at act " + number + ", " + duration;
        }
    }

    @Override
    String words() {
        return lasting + " lasting";
    }

    @Override
    void sweep(int wanted) throws Exception {
        Undisturbed undisturbed = undisturbed();
        DiskTree start = undisturbed.model().start();
        List<Fault> faults = new ArrayList<>();
        int acts = acts(start);
        for (int number = 0; number < acts; number++) {
            for (DiskFault fault : DiskFault.values()) {
                for (DiskFault.Duration duration : DiskFault.Duration.values()) {
                    faults.add(new Fault(number, fault, duration));
                }
            }
        }
        Collections.shuffle(faults, random);
        for (Fault fault : faults.subList(0, Math.min(faults.size(), wanted))) {
            lasting += fault.duration() == DiskFault.Duration.LASTING ? 1 : 0;
            ShopHost host = made(start);
            judged(
                    fault.toString(),
                    start,
                    () -> undisturbed.judge().survived(host, struck(fault, host)));
        }
    }

    private int acts(DiskTree start) throws IOException {
        AtomicInteger acts = new AtomicInteger();
        ShopHost host = made(start);
        try (DiskWatch _ = DiskWatch.on(host.home().root(), _ -> acts.getAndIncrement())) {
            run.run(host);
        }
        return acts.get();
    }

    /// @return what the run said; empty if it was refused before it began
    private Optional<Outcome> struck(Fault fault, ShopHost host) throws CrashJudge.Failed {
        try (DiskWatch _ =
                DiskWatch.on(
                        host.home().root(), fault.fault().at(fault.number(), fault.duration()))) {
            return Optional.of(run.run(host));
        } catch (SimulatedShop.NotWhole mixed) {
            throw new CrashJudge.Failed(
                    CrashJudge.Verdict.MIXED, String.valueOf(mixed.getMessage()), mixed);
        } catch (BelayException | UncheckedIOException refused) {
            return Optional.empty();
        } catch (IOException | RuntimeException failure) {
            throw new CrashJudge.Failed(
                    CrashJudge.Verdict.UNRECOVERABLE, "no words for a failing disk", failure);
        }
    }
}
