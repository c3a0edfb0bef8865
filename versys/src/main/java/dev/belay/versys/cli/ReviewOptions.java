package dev.belay.versys.cli;

import dev.belay.versys.plan.PlanRequest;
import dev.belay.versys.publish.EditReview;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// What every command takes that edits a channel: how the edit is looked at before it is signed.
final class ReviewOptions {
    @Option(
            names = "--hosts",
            paramLabel = "FILE",
            description = "Says what the edit changes for these hosts, before it is signed.")
    @Nullable Path hosts;

    @Option(
            names = "--accept-finding",
            paramLabel = "KIND",
            split = ",",
            description = "Publishes although `versys lint` finds this, for example stranded.")
    Set<String> accepted = Set.of();

    @Mixin StageOption stage = new StageOption();

    EditReview review() {
        List<PlanRequest> known =
                hosts == null ? List.of() : HostsFile.read(hosts, InstantSource.system().instant());
        return new EditReview(accepted, known);
    }
}
