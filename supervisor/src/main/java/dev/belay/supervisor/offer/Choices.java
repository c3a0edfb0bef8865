package dev.belay.supervisor.offer;

import dev.belay.supervisor.settings.ChainPolicy;
import dev.belay.versys.plan.PlanPolicy;
import dev.belay.versys.version.Version;
import java.util.Optional;
import java.util.Set;

/// What the admin decides for one look at the channel, beyond what supervisor.yaml says.
///
/// @param now whether rollouts are not waited for
/// @param acceptedRisks names of risks that are accepted this once
/// @param policy which way is preferred; empty for that of supervisor.yaml
/// @param allowDowngrade whether the vendor's ways to older releases may be taken
/// @param onFailure where the chain ends if a later hop fails; empty for what supervisor.yaml says
/// @param confirmed releases for which the manual action that has to come before them is done
public record Choices(
        boolean now,
        Set<String> acceptedRisks,
        Optional<PlanPolicy> policy,
        boolean allowDowngrade,
        Optional<ChainPolicy> onFailure,
        Set<Version> confirmed) {
    /// What supervisor.yaml says, and no more.
    public static final Choices NONE =
            new Choices(false, Set.of(), Optional.empty(), false, Optional.empty(), Set.of());

    public Choices {
        acceptedRisks = Set.copyOf(acceptedRisks);
        confirmed = Set.copyOf(confirmed);
    }
}
