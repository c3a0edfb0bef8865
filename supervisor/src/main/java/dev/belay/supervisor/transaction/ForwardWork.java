package dev.belay.supervisor.transaction;

import dev.belay.packaging.durable.DurableFiles;
import dev.belay.packaging.failure.BelayException;
import dev.belay.supervisor.backup.HomeBackups;
import dev.belay.supervisor.deployment.ConfigDirectory;
import dev.belay.supervisor.deployment.Deployment;
import dev.belay.supervisor.deployment.LocalChanges;
import dev.belay.supervisor.deployment.Overlay;
import dev.belay.supervisor.deployment.TreeSize;
import dev.belay.supervisor.deployment.WorkingCopies;
import dev.belay.supervisor.json.Json;
import dev.belay.supervisor.merge.ConfigFiles;
import dev.belay.supervisor.merge.ConfigMerge;
import dev.belay.supervisor.merge.MergedConfig;
import dev.belay.supervisor.status.Step;
import dev.belay.supervisor.words.Bytes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.LongConsumer;

/// What a hop to another release does beyond renames: a backup, its proof, and working copies with
/// the merged configuration.
final class ForwardWork implements HopWork {
    private final Run run;
    private final HopPlan.Forward plan;
    private final HopIntent hop;
    private final long liveBytes;
    private HomeBackups.Made made = new HomeBackups.Made("", 0);
    private Optional<LocalChanges> proven = Optional.empty();

    ForwardWork(Run run, HopPlan.Forward plan) {
        this.run = run;
        this.plan = plan;
        this.hop = plan.intent();
        this.liveBytes = TreeSize.live(run.home()).bytes();
    }

    @Override
    public long backupBytes() {
        return made.bytes();
    }

    @Override
    public String backUp() {
        made =
                run.backups()
                        .create(
                                from().descriptor(),
                                "before the update to " + hop.to() + ", " + run.id(),
                                progress(Step.BACK_UP));
        return "backup " + made.id() + ", " + Bytes.words(made.bytes());
    }

    @Override
    public String prove() {
        run.backups().prove(made.id());
        return "every file and database of backup "
                + made.id()
                + " was read back and compared; "
                + provenProgram();
    }

    /// The program is not copied: its release directory stays as it is. That it is whole is part of
    /// the proof that there is a way back.
    private String provenProgram() {
        LocalChanges local = LocalChanges.of(from());
        proven = Optional.of(local);
        List<String> lost = new ArrayList<>(local.missing());
        lost.removeAll(plan.known());
        if (!lost.isEmpty()) {
            throw new BelayException(
                    "release-incomplete",
                    lost.size()
                            + " program files of "
                            + hop.from()
                            + " have become missing or unreadable, for example "
                            + lost.getFirst()
                            + ".",
                    "Check the disk, and put them back from the bundle or a backup.");
        }
        int other = local.all().size();
        return local.shipped()
                + " program files of "
                + hop.from()
                + " were compared with its manifest"
                + (other == 0 ? "" : ", " + other + " of them known to be changed");
    }

    /// Puts in place what was planned. Some products write their configuration while they run or as
    /// they stop; what was not there to be planned with is merged anew, and said.
    @Override
    public String copy() {
        Deployment from = from();
        Deployment to = Deployment.open(run.home(), hop.to());
        ConfigFiles live = ConfigDirectory.live(run.home(), from);
        List<String> outdated = plan.config().outdated(live);
        MergedConfig merged =
                outdated.isEmpty()
                        ? plan.config()
                        : ConfigMerge.merge(
                                to.descriptor(),
                                ConfigDirectory.shipped(from),
                                live,
                                ConfigDirectory.shipped(to));
        keepDecisions(merged);
        new WorkingCopies(run.home(), run.home().root().resolve(hop.next()))
                .make(from, to, merged.files(), progress(Step.COPY));
        Overlay overlay = Overlay.of(proven.orElseGet(() -> LocalChanges.of(from)), from, to);
        overlay.apply(run.home(), from, to);
        return String.format(
                        Locale.ROOT,
                        "%d configuration file(s) merged, %d conflict(s)%s",
                        merged.changes().size(),
                        merged.conflicts(),
                        outdated.isEmpty()
                                ? ", as planned"
                                : "; merged anew, because the product wrote meanwhile: "
                                        + String.join(", ", outdated))
                + overlay.words(run.home(), from);
    }

    /// For support: what was decided, beside the journal.
    private void keepDecisions(MergedConfig merged) {
        Path file = run.home().journal().resolve(run.id() + "-" + hop.number() + ".config.json");
        try {
            DurableFiles.write(file, Json.bytes(merged.changes()), DurableFiles.PRIVATE);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }

    private Deployment from() {
        return Deployment.open(run.home(), hop.from());
    }

    private LongConsumer progress(Step step) {
        return done -> run.events().progress(step, Math.min(done, liveBytes), liveBytes);
    }
}
