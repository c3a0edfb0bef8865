package dev.belay.supervisor.transaction;

import dev.belay.packaging.durable.DurableFiles;
import dev.belay.packaging.failure.BelayException;
import dev.belay.supervisor.deployment.ConfigFiles;
import dev.belay.supervisor.deployment.Deployment;
import dev.belay.supervisor.deployment.LocalChanges;
import dev.belay.supervisor.deployment.WorkingCopies;
import dev.belay.supervisor.status.Json;
import dev.belay.versys.version.Version;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongConsumer;

/// What a hop to another release does beyond renames: a backup, its proof, and working copies with
/// the merged configuration.
final class ForwardWork implements Transaction.HopWork {
    private final Run run;
    private final HopIntent hop;
    private final HopBackups backups;
    private final ConfigMerge merge;
    private final long liveBytes;
    private final List<String> known;
    private HopBackups.Made made = new HopBackups.Made("", 0);

    /// @param liveBytes size of config and data before the hop, for progress
    /// @param known program files of the release before that are known not to be as shipped
    ForwardWork(
            Run run,
            HopIntent hop,
            HopBackups backups,
            ConfigMerge merge,
            long liveBytes,
            List<String> known) {
        this.run = run;
        this.hop = hop;
        this.backups = backups;
        this.merge = merge;
        this.liveBytes = liveBytes;
        this.known = List.copyOf(known);
    }

    long backupBytes() {
        return made.bytes();
    }

    @Override
    public List<Step> steps() {
        return List.of(Step.values());
    }

    @Override
    public String backUp() {
        made =
                backups.create(
                        from().descriptor(),
                        "before the update to " + hop.to() + ", " + run.id(),
                        progress(Step.BACK_UP));
        return "backup " + made.id() + ", " + Bytes.words(made.bytes());
    }

    @Override
    public String prove() {
        backups.prove(made.id());
        return "every file and database of backup "
                + made.id()
                + " was read back and compared; "
                + provenProgram();
    }

    /// The program is not copied: its release directory stays as it is. That it is whole is part of
    /// the proof that there is a way back.
    private String provenProgram() {
        LocalChanges local = LocalChanges.of(from());
        List<String> lost = new ArrayList<>(local.missing());
        lost.removeAll(known);
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

    @Override
    public String copy() {
        Deployment from = from();
        Deployment to = Deployment.open(run.home(), Version.of(hop.to()));
        List<ConfigMerge.Change> changes =
                merge.changes(
                        to.descriptor().layout(),
                        ConfigFiles.below(from.defaults()),
                        ConfigFiles.live(run.home(), from),
                        ConfigFiles.below(to.defaults()));
        Map<String, Optional<byte[]>> files = new LinkedHashMap<>();
        for (ConfigMerge.Change change : changes) {
            files.put(change.path(), change.content());
            change.beside()
                    .ifPresent(theirs ->
                            files.put(change.path() + ".new-" + hop.to(), Optional.of(theirs)));
        }
        keepDecisions(changes);
        new WorkingCopies(run.home(), run.home().root().resolve(hop.next()))
                .make(from, to, files, progress(Step.COPY));
        long conflicts = changes.stream().mapToLong(c -> c.conflicts().size()).sum();
        return String.format(
                Locale.ROOT,
                "%d configuration file(s) merged, %d conflict(s)",
                changes.size(),
                conflicts);
    }

    /// For support: what was decided, beside the journal.
    private void keepDecisions(List<ConfigMerge.Change> changes) {
        Path file =
                run.home().own("journal").resolve(run.id() + "-" + hop.number() + ".config.json");
        List<HopPlan.ConfigChange> words =
                changes.stream()
                        .map(c -> new HopPlan.ConfigChange(c.path(), c.decisions(), c.conflicts()))
                        .toList();
        try {
            DurableFiles.write(file, Json.bytes(words), DurableFiles.PRIVATE);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }

    private Deployment from() {
        return Deployment.open(run.home(), Version.of(hop.from()));
    }

    private LongConsumer progress(Step step) {
        return done -> run.events().progress(step.label(), Math.min(done, liveBytes), liveBytes);
    }
}
