package dev.belay.versys.plan;

import dev.belay.versys.version.Version;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// What a host asks: where it is, where it wants to go, and all the plan may depend on.
///
/// @param from the installed version
/// @param to the wanted version; empty for the newest that can be reached
/// @param platform the host's platform; empty to ask for no platform's bundles
/// @param channel a channel of a document with several; empty for the document's own
/// @param now the moment of the question; rollouts depend on it
/// @param wariness 0 (eager) to 1 (cautious), the host's place in rollouts; see [Wariness]
/// @param facts what the host tells of itself
/// @param acceptedRisks risks that the admin accepts by name
/// @param rejected releases that failed on this host
/// @param pin a range that is the ceiling of the target
public record PlanRequest(
        Version from,
        Optional<Version> to,
        Optional<String> platform,
        Optional<String> channel,
        Instant now,
        double wariness,
        Map<String, String> facts,
        Set<String> acceptedRisks,
        Set<Version> rejected,
        Optional<String> pin,
        PlanPolicy policy,
        boolean allowDowngrade) {
    public PlanRequest {
        if (!(wariness >= 0 && wariness <= 1)) {
            throw new IllegalArgumentException("wariness is between 0 and 1, not " + wariness);
        }
        facts = Map.copyOf(facts);
        acceptedRisks = Set.copyOf(acceptedRisks);
        rejected = Set.copyOf(rejected);
    }

    /// A request of a host on `from` at a moment. Until told otherwise it wants the newest release,
    /// is as cautious as can be (it sees a rollout when it is open to all) and allows nothing.
    public static Builder builder(Version from, Instant now) {
        return new Builder(from, now);
    }

    /// The same request changed.
    public Builder toBuilder() {
        Builder builder = new Builder(from, now);
        builder.to = to;
        builder.platform = platform;
        builder.channel = channel;
        builder.wariness = wariness;
        builder.facts.putAll(facts);
        builder.acceptedRisks.addAll(acceptedRisks);
        builder.rejected.addAll(rejected);
        builder.pin = pin;
        builder.policy = policy;
        builder.allowDowngrade = allowDowngrade;
        return builder;
    }

    /// Collects a request. Not thread-safe.
    public static final class Builder {
        private final Version from;
        private final Instant now;
        private Optional<Version> to = Optional.empty();
        private Optional<String> platform = Optional.empty();
        private Optional<String> channel = Optional.empty();
        private double wariness = 1;
        private final Map<String, String> facts = new TreeMap<>();
        private final Set<String> acceptedRisks = new HashSet<>();
        private final Set<Version> rejected = new HashSet<>();
        private Optional<String> pin = Optional.empty();
        private PlanPolicy policy = PlanPolicy.FEWEST_HOPS;
        private boolean allowDowngrade;

        private Builder(Version from, Instant now) {
            this.from = from;
            this.now = now;
        }

        /// See [PlanRequest#to()].
        public Builder to(Version version) {
            to = Optional.of(version);
            return this;
        }

        /// See [PlanRequest#platform()].
        public Builder platform(String name) {
            platform = Optional.of(name);
            return this;
        }

        /// See [PlanRequest#channel()].
        public Builder channel(String name) {
            channel = Optional.of(name);
            return this;
        }

        /// See [PlanRequest#wariness()].
        public Builder wariness(double value) {
            wariness = value;
            return this;
        }

        /// See [PlanRequest#facts()].
        public Builder fact(String name, String value) {
            facts.put(name, value);
            return this;
        }

        /// See [PlanRequest#facts()].
        public Builder facts(Map<String, String> values) {
            facts.putAll(values);
            return this;
        }

        /// See [PlanRequest#acceptedRisks()].
        public Builder acceptRisk(String name) {
            acceptedRisks.add(name);
            return this;
        }

        /// See [PlanRequest#rejected()].
        public Builder reject(Version version) {
            rejected.add(version);
            return this;
        }

        /// See [PlanRequest#pin()].
        public Builder pin(String range) {
            pin = Optional.of(range);
            return this;
        }

        /// See [PlanRequest#policy()].
        public Builder policy(PlanPolicy value) {
            policy = value;
            return this;
        }

        /// See [PlanRequest#allowDowngrade()].
        public Builder allowDowngrade(boolean value) {
            allowDowngrade = value;
            return this;
        }

        /// The request.
        ///
        /// @throws IllegalArgumentException if wariness is not between 0 and 1
        public PlanRequest build() {
            return new PlanRequest(
                    from,
                    to,
                    platform,
                    channel,
                    now,
                    wariness,
                    facts,
                    acceptedRisks,
                    rejected,
                    pin,
                    policy,
                    allowDowngrade);
        }
    }
}
