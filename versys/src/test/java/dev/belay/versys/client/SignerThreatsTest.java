package dev.belay.versys.client;

import static dev.belay.versys.simulator.ReleaseRepositorySimulator.list;
import static dev.belay.versys.simulator.ReleaseRepositorySimulator.map;
import static dev.belay.versys.simulator.ReleaseRepositorySimulator.roleKeys;
import static dev.belay.versys.simulator.ReleaseRepositorySimulator.sign;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.belay.versys.metadata.MetadataException;
import dev.belay.versys.simulator.IndependentCanonicalForm;
import dev.belay.versys.simulator.ReleaseRepositorySimulator;
import dev.belay.versys.simulator.SimulatedHost;
import dev.belay.versys.simulator.SimulatedKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Rows T01, T09 to T11, T15 and T18 of the catalogue of faults: signers that are too few, wrong,
/// or of another repository.
class SignerThreatsTest extends HostileRepository {
    @Test
    void t01RefusesTargetsMetadataOfAWrongKey() {
        repository.addTarget("targets", "a", BYTES);
        repository.bump("targets");
        repository.keys.put("targets", List.of(SimulatedKey.ed25519()));
        repository.publish();
        assertRefused("metadata-unsigned");
        assertThat(host.trusted).doesNotContainKey("targets");
    }

    @Test
    void t01FindsNoTargetThatNobodySigned() {
        repository.files.put("targets/a", BYTES);
        assertThat(host.find("a")).isEmpty();
    }

    @Test
    void t09RefusesThresholdsBelowOne() {
        for (long threshold : new long[] {0, -1}) {
            ReleaseRepositorySimulator crafted = new ReleaseRepositorySimulator();
            map(map(crafted.role("root"), "roles"), "timestamp").put("threshold", threshold);
            crafted.bump("root");
            crafted.files.put("2.root.json", sign(crafted.role("root"), crafted.keys.get("root")));
            assertThatThrownBy(new SimulatedHost(crafted)::refresh)
                    .isInstanceOf(MetadataException.class)
                    .hasMessageContaining("threshold");
        }
    }

    @Test
    void t09RefusesRepeatedKeyIds() {
        list(map(map(repository.role("root"), "roles"), "timestamp"), "keyids")
                .add(repository.key("timestamp").id());
        repository.bump("root");
        repository.files.put(
                "2.root.json", sign(repository.role("root"), repository.keys.get("root")));
        assertRefused("metadata-malformed").hasMessageContaining("without repetition");
    }

    @Test
    void t09CountsAKeyUnderTwoIdsOnce() {
        SimulatedKey key = repository.key("timestamp");
        Map<String, Object> root = repository.role("root");
        map(root, "keys").put("alias", key.object());
        map(map(root, "roles"), "timestamp")
                .putAll(Map.of("keyids", List.of(key.id(), "alias"), "threshold", 2L));
        repository.bump("root");
        repository.files.put("2.root.json", sign(root, repository.keys.get("root")));
        Map<String, Object> timestamp = repository.role("timestamp");
        byte[] message = IndependentCanonicalForm.of(timestamp);
        repository.files.put(
                "timestamp.json",
                ReleaseRepositorySimulator.envelope(
                        timestamp,
                        List.of(
                                ReleaseRepositorySimulator.signature(key.id(), key.sign(message)),
                                ReleaseRepositorySimulator.signature("alias", key.sign(message)))));
        assertRefused("metadata-unsigned").hasMessageContaining("1 of the 2");
    }

    @Test
    void t09RefusesTwoSignaturesOfOneKeyIdAndIgnoresBrokenOnesBesideGoodOnes() {
        Map<String, Object> timestamp = repository.role("timestamp");
        SimulatedKey key = repository.key("timestamp");
        byte[] message = IndependentCanonicalForm.of(timestamp);
        Object good = ReleaseRepositorySimulator.signature(key.id(), key.sign(message));
        repository.files.put(
                "timestamp.json",
                ReleaseRepositorySimulator.envelope(timestamp, List.of(good, good)));
        assertRefused("metadata-malformed").hasMessageContaining("two signatures");
        repository.files.put(
                "timestamp.json",
                ReleaseRepositorySimulator.envelope(
                        timestamp,
                        List.of(
                                Map.of("keyid", "unknown", "sig", "not hex"),
                                Map.of("keyid", "other", "sig", ""),
                                good)));
        host.refresh();
    }

    @Test
    void t09NeedsAsManyDistinctKeysAsTheThresholdSays() {
        List<SimulatedKey> three =
                List.of(SimulatedKey.ed25519(), SimulatedKey.ecdsa(), SimulatedKey.rsa(2048, 32));
        Map<String, Object> root = repository.role("root");
        three.forEach(key -> map(root, "keys").put(key.id(), key.object()));
        map(root, "roles").put("timestamp", roleKeys(three, 3));
        repository.bump("root");
        repository.files.put("2.root.json", sign(root, repository.keys.get("root")));
        repository.files.put(
                "timestamp.json", sign(repository.role("timestamp"), three.subList(0, 2)));
        assertRefused("metadata-unsigned").hasMessageContaining("2 of the 3");
        repository.files.put("timestamp.json", sign(repository.role("timestamp"), three));
        host.refresh();
    }

    @Test
    void t10RefusesARootThatTheOldKeysDidNotSignAndKeepsNothingOfIt() {
        host.refresh();
        repository.rotate("root");
        repository.publishRoot();
        SimulatedKey newKey = repository.key("root");
        repository.publishRoot(newKey);
        assertRefused("metadata-unsigned");
        assertThat(trustedVersion("root")).isEqualTo(1);
    }

    @Test
    void t10FollowsRotationsSignedByOldAndNewKeys() {
        SimulatedKey first = repository.key("root");
        repository.rotate("root");
        repository.publishRoot(first);
        SimulatedKey second = repository.key("root");
        repository.keys.put("root", new ArrayList<>(List.of(SimulatedKey.ecdsa())));
        repository.publishRoot(second);
        host.refresh();
        assertThat(trustedVersion("root")).isEqualTo(3);
    }

    @Test
    void t10RefusesARootWithoutItsOwnSignatureAndOneThatSkipsAVersion() {
        SimulatedKey first = repository.key("root");
        repository.rotate("root");
        repository.bump("root");
        repository.fillRoot();
        repository.files.put("2.root.json", sign(repository.role("root"), List.of(first)));
        assertRefused("metadata-unsigned");
        repository.role("root").put("version", 3L);
        repository.files.put(
                "2.root.json",
                sign(repository.role("root"), List.of(first, repository.key("root"))));
        assertRefused("metadata-rollback");
        assertThat(trustedVersion("root")).isEqualTo(1);
    }

    @Test
    void t11TakesAtMostSoManyRootsInOneRunAndGoesOnInTheNext() {
        for (int i = 0; i < 20; i++) {
            repository.publishRoot();
        }
        host.limits = rootsInOneRun(8);
        assertRefused("metadata-too-many-roots");
        assertThat(trustedVersion("root")).isEqualTo(9);
        assertThat(host.trusted).doesNotContainKey("timestamp");
        assertRefused("metadata-too-many-roots");
        host.refresh();
        assertThat(trustedVersion("root")).isEqualTo(21);
    }

    @Test
    void t11NeverEndsWithARootThatIsNotTheNewest() {
        SimulatedKey stolen = repository.key("timestamp");
        for (int i = 0; i < 299; i++) {
            repository.publishRoot();
        }
        repository.rotate("timestamp");
        repository.publishRoot();
        repository.keys.put("timestamp", List.of(stolen));
        repository.publish();
        assertRefused("metadata-unsigned");
        assertThat(trustedVersion("root")).isEqualTo(301);
    }

    private static ClientLimits rootsInOneRun(int roots) {
        return new ClientLimits(
                100_000,
                100_000,
                100_000,
                100_000,
                roots,
                32,
                Duration.ofMinutes(5),
                Duration.ofSeconds(30),
                Optional.empty());
    }

    @Test
    void t15RefusesMetadataOfAnotherRepositoryWithTheSameKeys() {
        repository.role("root").put("x-belay-repository", "shop");
        repository.role("targets").put("x-belay-repository", "shop");
        repository.publishRoot();
        repository.bump("targets");
        repository.publish();
        host.refresh();
        repository.role("targets").put("x-belay-repository", "forum");
        repository.bump("targets");
        repository.publish();
        assertRefused("repository-mismatch").hasMessageContaining("repository forum, not to shop");
        repository.role("root").put("x-belay-repository", "forum");
        repository.publishRoot();
        assertRefused("repository-mismatch");
    }

    @Test
    void t18ATimestampKeyAloneInstallsNothingAndIsRotatedAway() {
        host.refresh();
        SimulatedKey stolen = repository.key("timestamp");
        ReleaseRepositorySimulator attacker = new ReleaseRepositorySimulator();
        attacker.addTarget("targets", "malware", BYTES);
        attacker.bump("targets");
        attacker.keys.put("timestamp", List.of(stolen));
        attacker.publish();
        attacker.publish();
        attacker.files.keySet().removeIf(name -> name.endsWith("root.json"));
        SimulatedHost victim = new SimulatedHost(attacker, repository.firstRoot());
        assertThatThrownBy(victim::refresh)
                .isInstanceOf(MetadataException.class)
                .hasMessageContaining("snapshot has 0 of the 1 signatures");
        repository.rotate("timestamp");
        repository.publishRoot();
        repository.publishTimestamp();
        host.refresh();
        repository.files.put("timestamp.json", attacker.file("timestamp.json"));
        assertRefused("metadata-unsigned");
    }
}
