package dev.belay.supervisor.settings;

import dev.belay.versys.plan.PlanPolicy;
import dev.belay.versys.release.HealthCheck;
import dev.belay.versys.release.HealthQuestion;
import dev.belay.versys.version.Version;
import dev.belay.versys.yaml.Problems;
import dev.belay.versys.yaml.YamlDocument;
import dev.belay.versys.yaml.YamlProblem;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What the admin set in `<home>/supervisor.yaml`, with defaults filled in. Plain values; builds
/// nothing. The format is documented in `docs/format/supervisor.md`.
///
/// @param product the product that this home holds
/// @param server base URL of the update server
/// @param channel the channel to follow
/// @param platform `os-arch` of this host
/// @param agent the resident agent
/// @param backups how many backups are kept, and where
/// @param floorSpeed bytes per second on average below which a download is given up; the usual ones
///   when empty
/// @param rollback whether an interrupted run is put back without a person
/// @param onFailure where a chain ends of which a later hop failed
/// @param service what this host changes about the product's process
/// @param health what this host changes about the release's health check
/// @param facts named facts of this host, for conditions
/// @param acceptedRisks names of risks that the admin accepts
/// @param pin the newest version that this host may move to
/// @param policy which way is preferred where there are several
/// @param wariness the place in rollouts, 0 (first) to 1 (last); from the host's id when empty
/// @param hostId stands for the host in reports; made by the supervisor when empty
/// @param report whether outcomes are reported to the server
public record Settings(
        String product,
        URI server,
        String channel,
        String platform,
        Agent agent,
        Backups backups,
        Optional<Long> floorSpeed,
        RollbackPolicy rollback,
        ChainPolicy onFailure,
        ServiceOverrides service,
        HealthOverrides health,
        Map<String, String> facts,
        List<String> acceptedRisks,
        Optional<Version> pin,
        Optional<PlanPolicy> policy,
        Optional<Double> wariness,
        Optional<String> hostId,
        boolean report) {
    public Settings {
        facts = ordered(facts);
        acceptedRisks = List.copyOf(acceptedRisks);
    }

    /// The resident agent.
    ///
    /// @param listenHost a loopback address
    /// @param listenPort 0 lets the system choose
    /// @param poll time between two looks without a push
    public record Agent(String listenHost, int listenPort, Duration poll) {}

    /// Backups.
    ///
    /// @param beforeUpdate how long those of updates are kept
    /// @param setAside how long what runs took out of use is kept
    /// @param onRequest how long those that a person made are kept; for ever unless limited
    /// @param directory where they lie, absolute or relative to the home; the supervisor's own
    ///   directory when empty
    public record Backups(
            Limits beforeUpdate, Limits setAside, Limits onRequest, Optional<String> directory) {}

    /// What is kept of one kind. Empty is no limit.
    ///
    /// @param keep how many, at least 1
    /// @param age how old they may become
    /// @param bytes how much they may take together
    public record Limits(Optional<Integer> keep, Optional<Duration> age, Optional<Long> bytes) {
        /// No limit.
        public static final Limits NONE =
                new Limits(Optional.empty(), Optional.empty(), Optional.empty());

        /// So many, and nothing else.
        public static Limits keep(int count) {
            return new Limits(Optional.of(count), Optional.empty(), Optional.empty());
        }

        /// Whether one may stay.
        ///
        /// @param number its place among those of its kind, 1 for the newest
        /// @param sum bytes of it and of all newer ones of its kind
        public boolean allow(int number, Instant at, long sum, Instant now) {
            return number <= keep.orElse(Integer.MAX_VALUE)
                    && sum <= bytes.orElse(Long.MAX_VALUE)
                    && age.map(limit -> at.plus(limit).isAfter(now)).orElse(true);
        }
    }

    /// What this host changes about the product's process.
    ///
    /// @param user the account to run as, instead of the release's
    /// @param environment added to the release's, winning over it
    public record ServiceOverrides(Optional<String> user, Map<String, String> environment) {
        public ServiceOverrides {
            environment = ordered(environment);
        }
    }

    /// What this host changes about a release's health check.
    ///
    /// @param within replaces the release's own limit
    /// @param question replaces the release's own question
    /// @param expect replaces what the release expects of an answer over HTTP
    /// @param probation replaces the release's own
    public record HealthOverrides(
            Optional<Duration> within,
            Optional<HealthQuestion> question,
            Optional<HealthQuestion.Expectation> expect,
            Optional<Duration> probation) {
        /// No change.
        public static final HealthOverrides NONE =
                new HealthOverrides(
                        Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

        /// The check that holds here; empty if neither the release nor this host has one.
        public Optional<HealthCheck> over(Optional<HealthCheck> declared) {
            return declared.map(check -> check.asking(question.orElse(check.question())))
                    .or(() -> question.map(HealthCheck::of))
                    .map(check ->
                            check.question() instanceof HealthQuestion.Http http
                                    ? check.asking(http.expecting(expect.orElse(http.expect())))
                                    : check)
                    .map(check -> check.within(within.orElse(check.within())));
        }
    }

    /// Reads a supervisor.yaml; the platform defaults to the one this program runs on.
    ///
    /// @param fileName for messages
    /// @throws InvalidSettingsException with all problems
    public static Settings parse(byte[] yaml, String fileName) {
        return parse(yaml, fileName, Platform.current());
    }

    /// As above for a given default platform.
    static Settings parse(byte[] yaml, String fileName, String platform) {
        YamlDocument document = YamlDocument.parse(yaml, fileName);
        Problems problems = new Problems();
        document.problems().forEach(problems::add);
        Optional<Settings> settings =
                document.root().flatMap(root -> new SettingsReader(problems, platform).read(root));
        List<YamlProblem> found = problems.inFileOrder();
        if (!found.isEmpty() || settings.isEmpty()) {
            throw new InvalidSettingsException(document.source(), found);
        }
        return settings.get();
    }

    private static Map<String, String> ordered(Map<String, String> map) {
        return Collections.unmodifiableMap(new LinkedHashMap<>(map));
    }
}
