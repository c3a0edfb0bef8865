package dev.belay.versys.client;

import static dev.belay.versys.simulator.ReleaseRepositorySimulator.list;
import static dev.belay.versys.simulator.ReleaseRepositorySimulator.map;
import static dev.belay.versys.simulator.ReleaseRepositorySimulator.sign;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.belay.packaging.digest.Digest;
import dev.belay.versys.metadata.MetadataException;
import dev.belay.versys.simulator.ReleaseRepositorySimulator;
import dev.belay.versys.simulator.SimulatedHost;
import dev.belay.versys.simulator.SimulatedKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What repositories made by others' tools contain, and where the line to what is refused runs.
class ForeignRepositoryTest {
    private static final byte[] BYTES = "program".getBytes(UTF_8);

    private final ReleaseRepositorySimulator repository = new ReleaseRepositorySimulator();
    private final SimulatedHost host = new SimulatedHost(repository);

    private void assertAccepted(boolean accepted) {
        if (accepted) {
            host.refresh();
        } else {
            assertThatThrownBy(host::refresh).isInstanceOf(MetadataException.class);
        }
    }

    private void publishRoot(Consumer<Map<String, Object>> change) {
        repository.bump("root");
        repository.fillRoot();
        Map<String, Object> root = repository.role("root");
        change.accept(root);
        repository.files.put(
                root.get("version") + ".root.json", sign(root, repository.keys.get("root")));
    }

    /// The timestamp signed by its own key and others.
    private void publishTimestamp(SimulatedKey... others) {
        List<SimulatedKey> signers = new ArrayList<>(repository.keys.get("timestamp"));
        signers.addAll(List.of(others));
        repository.files.put("timestamp.json", sign(repository.role("timestamp"), signers));
    }

    @ParameterizedTest
    @CsvSource({
        "1.0, true",
        "1.0.0, true",
        "1.0.99, true",
        "1.9.0, true",
        "2.0.0, false",
        "0.9, false",
        "1, false",
        "'', false",
        "1.0.0.0, false",
        "1.a, false"
    })
    void aSpecVersionMustBeOfTheSameMajorVersion(String version, boolean accepted) {
        repository.role("timestamp").put("spec_version", version);
        repository.publishTimestamp();
        assertAccepted(accepted);
    }

    @ParameterizedTest
    @ValueSource(longs = {1L << 31, 1L << 53, Long.MAX_VALUE})
    void versionsHave63Bits(long version) {
        repository.role("targets").put("version", version);
        repository.role("snapshot").put("version", version);
        repository.publishTargets("targets");
        map(map(repository.role("snapshot"), "meta"), "targets.json").put("version", version);
        repository.resignSnapshot();
        repository.role("timestamp").put("version", version);
        publishTimestamp();
        host.refresh();
        host.refresh();
        assertThat(repository.requests).containsOnlyOnce(version + ".targets.json");
    }

    @ParameterizedTest
    @CsvSource({
        "none, true",
        "length, true",
        "sha256, true",
        "sha512, true",
        "sha256 sha512, true",
        "sha256 unknown, true",
        "unknown, false",
        "empty, false",
        "sha256 bad512, false",
        "longer, false"
    })
    void whatTheSnapshotSaysOfAFileMustHold(String what, boolean accepted) {
        repository.bump("targets");
        repository.publish();
        byte[] bytes = repository.file("2.targets.json");
        Map<String, Object> file = new LinkedHashMap<>(Map.of("version", 2L));
        for (String part : what.split(" ")) {
            switch (part) {
                case "none" -> {}
                case "length" -> file.put("length", (long) bytes.length);
                case "longer" -> file.put("length", bytes.length + 1L);
                case "empty" -> map(file, "hashes");
                case "sha256" -> map(file, "hashes").put("sha256", Digest.sha256(bytes).hex());
                case "sha512" -> map(file, "hashes").put("sha512", sha512(bytes));
                case "bad512" -> map(file, "hashes").put("sha512", sha512(BYTES));
                default -> map(file, "hashes").put("sha4-of-tomorrow", "x");
            }
        }
        map(repository.role("snapshot"), "meta").put("targets.json", file);
        repository.resignSnapshot();
        publishTimestamp();
        assertAccepted(accepted);
    }

    private static String sha512(byte[] bytes) {
        return HexFormat.of().formatHex(Digest.Algorithm.SHA512.newDigest().digest(bytes));
    }

    @Test
    void keysThatAreUnknownHereDoNotMatterBesideEnoughGoodOnes() {
        SimulatedKey tomorrow = SimulatedKey.ed25519();
        tomorrow.object().put("keytype", "sphincs");
        tomorrow.object().put("scheme", "sphincs-shake-128s");
        publishRoot(root -> {
            map(root, "keys").put(tomorrow.id(), tomorrow.object());
            List<Object> ids = list(map(map(root, "roles"), "timestamp"), "keyids");
            ids.add(tomorrow.id());
            ids.add("an id without a key");
            map(root, "roles").put("mirrors", Map.of("keyids", List.of(), "threshold", 1L));
        });
        publishTimestamp(tomorrow, SimulatedKey.ed25519());
        host.refresh();
    }

    @Test
    void keyIdsAreOpaque() {
        SimulatedKey key = SimulatedKey.ecdsa();
        publishRoot(root -> {
            map(root, "keys").put("opaque", key.object());
            map(map(root, "roles"), "timestamp").put("keyids", List.of("opaque"));
        });
        Map<String, Object> timestamp = repository.role("timestamp");
        repository.files.put(
                "timestamp.json",
                new String(sign(timestamp, List.of(key)), UTF_8)
                        .replace(key.id(), "opaque")
                        .getBytes(UTF_8));
        host.refresh();
    }

    @ParameterizedTest
    @ValueSource(strings = {"snapshot", "targets"})
    void theSameVersionSignedByRotatedKeysIsFetchedAnew(String role) {
        host.refresh();
        repository.rotate(role);
        repository.publishRoot();
        String name = repository.role("targets").get("version") + "." + role + ".json";
        assertThat(name).startsWith("1.");
        Map<String, Object> kept = new LinkedHashMap<>(repository.role(role));
        kept.put("version", 1L);
        byte[] signedAnew = sign(kept, repository.keys.get(role));
        repository.files.put(name, signedAnew);
        // the timestamp gives the snapshot's length and digest
        if (role.equals("snapshot")) {
            Map<String, Object> file = new LinkedHashMap<>(Map.of("version", 1L));
            map(repository.role("timestamp"), "meta").put("snapshot.json", file);
            repository.publishTimestamp();
        }
        host.refresh();
        assertThat(host.trusted.get(role)).isEqualTo(signedAnew);
    }

    @Test
    void anExpiredKeptSnapshotStillProtectsAgainstRollback() {
        repository.role("snapshot").put("expires", "2026-11-21T09:00:00Z");
        repository.bump("targets");
        repository.publish();
        host.refresh();
        host.now = host.now.plus(Duration.ofDays(2));
        repository.role("snapshot").put("expires", ReleaseRepositorySimulator.EXPIRES);
        repository.role("targets").put("version", 1L);
        repository.publish();
        assertThatThrownBy(host::refresh)
                .isInstanceOf(MetadataException.class)
                .hasMessageContaining("targets.json in snapshot went back from version 2 to 1");
        repository.role("targets").put("version", 3L);
        repository.publish();
        host.refresh();
    }

    @Test
    void aDamagedKeptFileIsFetchedAnew() {
        repository.delegate("targets", "a", false, "*");
        repository.addTarget("a", "x", BYTES);
        repository.bump("targets");
        repository.publish();
        host.find("x");
        for (String role : List.of("timestamp", "snapshot", "targets", "a")) {
            byte[] good = host.trusted.get(role);
            String changed = new String(good, UTF_8).replace("\"version\":", "\"version\":9");
            for (String damaged : List.of("", "{}", "{\"signed\":", changed)) {
                host.trusted.put(role, damaged.getBytes(UTF_8));
                assertThat(host.find("x")).isPresent();
                assertThat(host.trusted.get(role)).isEqualTo(good);
            }
        }
    }

    @Test
    void withoutAWordOnConsistentSnapshotsThereAreNone() {
        publishRoot(root -> root.remove("consistent_snapshot"));
        repository.addTarget("targets", "x", BYTES);
        repository.bump("targets");
        repository.publish();
        assertThat(host.find("x")).isPresent();
        assertThat(repository.requests).endsWith("timestamp.json", "snapshot.json", "targets.json");
    }
}
