package dev.belay.versys.graph;

import dev.belay.versys.version.Version;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// One bundle of a release as its vendor adds it to a channel: what `release.yaml` says about
/// upgrades, and where the bundle lies. A release for several platforms is added once for each.
///
/// @param from the origins that may hop to it: a range, `older` or `none`; empty for the channel's
///   rule
/// @param requires facts a host must have, each a range such as `>=17` or a plain value
public record NewRelease(
        Version version,
        Instant date,
        String platform,
        Artifact artifact,
        Optional<String> from,
        boolean requiredStop,
        Map<String, String> requires,
        List<Risk> conditions,
        String notes) {
    public NewRelease {
        requires = Map.copyOf(requires);
        conditions = List.copyOf(conditions);
    }

    /// A risk of the `upgrade` block of release.yaml. All facts in `when` must hold for it to
    /// apply; a fact that the host does not tell counts as holding.
    public record Risk(
            String risk, Map<String, String> when, String message, Optional<String> url) {
        public Risk {
            when = Map.copyOf(when);
        }
    }

    /// The release with this one bundle.
    ///
    /// @throws IllegalArgumentException if a fact's range is none
    Release toRelease() {
        ReleaseBuilder release =
                new ReleaseBuilder(version)
                        .date(date)
                        .platform(platform, artifact)
                        .from(from.orElse(null))
                        .notes(notes);
        if (requiredStop) {
            release.requiredStop(StopScope.EVERYBODY);
        }
        release.requires(tests(requires));
        for (Risk risk : conditions) {
            release.condition(
                    new EdgeRule(
                            risk.risk(),
                            Optional.empty(),
                            Optional.empty(),
                            Origins.ALL,
                            java.util.Set.of(),
                            new HostPredicate(tests(risk.when())),
                            new Notice(risk.message(), risk.url())));
        }
        return release.build();
    }

    private static Map<String, FactTest> tests(Map<String, String> texts) {
        Map<String, FactTest> tests = new TreeMap<>();
        texts.forEach((fact, text) -> tests.put(fact, FactTestCodec.plain(text)));
        return tests;
    }
}
