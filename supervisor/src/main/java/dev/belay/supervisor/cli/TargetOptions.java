package dev.belay.supervisor.cli;

import dev.belay.supervisor.offer.Choices;
import dev.belay.supervisor.offer.UpdateRequest;
import dev.belay.supervisor.settings.ChainPolicy;
import dev.belay.versys.plan.PlanPolicy;
import dev.belay.versys.version.Version;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Where to, as `check`, `update` and `explain` ask for it.
final class TargetOptions {
    @Mixin private GoalOptions goal = new GoalOptions();

    @Option(
            names = "--accept-missing-files",
            description =
                    "Also if shipped program files of the installed release are missing; going back"
                            + " then leads to a release without them.")
    private boolean missing;

    @Option(names = "--now", description = "Do not wait for this host's turn in a rollout.")
    private boolean now;

    @Option(
            names = "--accept-risk",
            paramLabel = "NAME",
            description = "Accept this risk once; for good: accepted-risks in supervisor.yaml.")
    private Set<String> risks = Set.of();

    @Option(
            names = "--policy",
            paramLabel = "POLICY",
            converter = PolicyConverter.class,
            description =
                    "Which way is preferred: fewest-hops, every-minor, newest-first, least-download"
                            + " or least-downtime.")
    private @Nullable PlanPolicy policy;

    @Option(
            names = "--allow-downgrade",
            description = "Also take the vendor's ways to older releases.")
    private boolean downgrade;

    @Option(
            names = "--on-failure",
            paramLabel = "POLICY",
            converter = ChainPolicyConverter.class,
            description =
                    "Where the chain ends if a later hop fails: stop (on the last good release) or"
                            + " return (to the release that is installed now).")
    private @Nullable ChainPolicy onFailure;

    @Option(
            names = "--confirm",
            paramLabel = "VERSION",
            converter = VersionConverter.class,
            description = "What a person has to do before this release is done.")
    private Set<Version> confirmed = Set.of();

    UpdateRequest request() {
        return new UpdateRequest(
                goal.to(),
                goal.retry(),
                missing,
                new Choices(
                        now,
                        risks,
                        Optional.ofNullable(policy),
                        downgrade,
                        Optional.ofNullable(onFailure),
                        confirmed));
    }
}
