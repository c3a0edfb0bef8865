package dev.belay.versys.client;

import static dev.belay.versys.simulator.ReleaseRepositorySimulator.list;
import static dev.belay.versys.simulator.ReleaseRepositorySimulator.map;
import static dev.belay.versys.simulator.ReleaseRepositorySimulator.roleKeys;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.belay.packaging.digest.Digest;
import dev.belay.versys.metadata.MetadataException;
import dev.belay.versys.simulator.ReleaseRepositorySimulator;
import dev.belay.versys.simulator.SimulatedHost;
import dev.belay.versys.simulator.SimulatedKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DelegationsTest {
    private static final byte[] RIGHT = "right".getBytes(UTF_8);
    private static final byte[] WRONG = "wrong".getBytes(UTF_8);

    private final ReleaseRepositorySimulator repository = new ReleaseRepositorySimulator();
    private final SimulatedHost host = new SimulatedHost(repository);

    private void publish() {
        repository.roles.keySet().stream()
                .filter(ReleaseRepositorySimulator::isTargets)
                .forEach(repository::bump);
        repository.publish();
    }

    /// The roles that were fetched for one target, in order.
    private List<String> visited(String path) {
        host.refresh();
        repository.requests.clear();
        host.find(path);
        return repository.requests.stream()
                .filter(name -> !name.matches("\\d+\\.root\\.json|timestamp\\.json"))
                .map(name -> name.replaceAll("^\\d+\\.|\\.json$", ""))
                .toList();
    }

    private byte[] found(String path) {
        TufClient client = host.refresh();
        return client.read(client.find(path).orElseThrow(), 100);
    }

    @Test
    void t12AsksInPreOrderAndEachRoleOnce() {
        repository.delegate("targets", "a", false, "*");
        repository.delegate("targets", "b", false, "*");
        repository.delegate("a", "c", false, "*");
        repository.delegate("a", "d", false, "*");
        repository.delegate("b", "d", false, "*");
        repository.delegate("d", "a", false, "*");
        publish();
        assertThat(visited("x")).containsExactly("a", "c", "d", "b");
    }

    @Test
    void t12TheFirstRoleInOrderWins() {
        repository.delegate("targets", "a", false, "*");
        repository.delegate("targets", "b", false, "*");
        repository.addTarget("b", "x", WRONG);
        repository.addTarget("a", "x", RIGHT);
        publish();
        assertThat(found("x")).isEqualTo(RIGHT);
    }

    @Test
    void t12ATerminatingRoleEndsTheSearchAlsoForItsParentsBrothers() {
        repository.delegate("targets", "a", false, "*");
        repository.delegate("targets", "b", false, "*");
        repository.delegate("a", "c", true, "*");
        repository.delegate("a", "d", false, "*");
        repository.addTarget("b", "x", WRONG);
        repository.addTarget("d", "x", WRONG);
        publish();
        assertThat(visited("x")).containsExactly("a", "c");
        assertThat(host.find("x")).isEmpty();
    }

    @Test
    void t12ATerminatingRoleThatDoesNotMatchEndsNothing() {
        repository.delegate("targets", "a", true, "other/*");
        repository.delegate("targets", "b", false, "*");
        repository.addTarget("b", "x", RIGHT);
        publish();
        assertThat(found("x")).isEqualTo(RIGHT);
    }

    @Test
    void t12TenThousandDelegationsAreBounded() {
        for (int i = 0; i < 10_000; i++) {
            repository.delegate("targets", "role" + i, false, "*");
            repository.keys.put("role" + i, repository.keys.get("role0"));
        }
        list(repository.delegations("targets"), "roles")
                .forEach(role -> asMap(role).put("keyids", List.of(repository.key("role0").id())));
        map(repository.role("targets"), "delegations")
                .put(
                        "keys",
                        Map.of(repository.key("role0").id(), repository.key("role0").object()));
        repository.addTarget("role9999", "x", RIGHT);
        repository.bump("targets");
        repository.publish();
        assertThat(host.find("x")).isEmpty();
        assertThat(repository.requests.stream().filter(name -> name.contains("role"))).hasSize(32);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> asMap(Object object) {
        return (Map<String, Object>) object;
    }

    @Test
    void theSameRoleByAnotherWayIsVerifiedForThatDelegator() {
        repository.delegate("targets", "a", false, "one");
        repository.delegate("targets", "b", false, "two");
        repository.delegate("a", "shared", false, "one");
        SimulatedKey stranger = SimulatedKey.ed25519();
        Map<String, Object> byStranger = repository.delegate("b", "shared", false, "two");
        byStranger.putAll(roleKeys(List.of(stranger), 1));
        map(repository.delegations("b"), "keys").put(stranger.id(), stranger.object());
        repository.addTarget("shared", "one", RIGHT);
        repository.addTarget("shared", "two", WRONG);
        publish();
        TufClient client = host.refresh();
        assertThat(client.find("one")).isPresent();
        assertThatThrownBy(() -> client.find("two"))
                .isInstanceOf(MetadataException.class)
                .hasMessageContaining("shared has 0 of the 1 signatures that b asks for");
        assertThatThrownBy(() -> host.find("two")).isInstanceOf(MetadataException.class);
    }

    @Test
    void aDelegatedRoleThatTheSnapshotDoesNotListIsRefused() {
        repository.delegate("targets", "a", false, "*");
        repository.bump("targets");
        repository.publish();
        map(repository.role("snapshot"), "meta").remove("a.json");
        repository.resignSnapshot();
        repository.publishTimestamp();
        assertThatThrownBy(() -> host.find("x"))
                .isInstanceOf(MetadataException.class)
                .hasMessageContaining("does not list role a");
    }

    @Test
    void rotatedKeysOfADelegatedRoleAreFollowedWithoutANewVersionOfIt() {
        repository.delegate("targets", "a", false, "*");
        repository.addTarget("a", "x", RIGHT);
        publish();
        assertThat(found("x")).isEqualTo(RIGHT);
        repository.rotate("a");
        list(repository.delegations("targets"), "roles").clear();
        repository.delegate("targets", "a", false, "*");
        repository.bump("targets");
        repository.publish();
        assertThat(found("x")).isEqualTo(RIGHT);
        assertThat(host.trusted.get("a")).isEqualTo(repository.file("2.a.json"));
    }

    @ParameterizedTest
    @CsvSource({
        "*, file, true",
        "*, dir/file, false",
        "dir/*, dir/file, true",
        "dir/*, dir/sub/file, false",
        "*/*.tgz, a/b.tgz, true",
        "*/*.tgz, a/b.zip, false",
        "fo?, foo, true",
        "fo?, fo/, false",
        "fo?, fo, false",
        "a*b*c, aXbXbXc, true",
        "a*b*c, aXbX, false",
        "a*b/c, aX/b/c, false",
        "**, dir/file, false",
        "**/file, dir/sub/file, false",
        "?, 😀, true",
        "[ab], b, true",
        "[ab], [ab], false",
        "[a-c]x, bx, true",
        "[a-c]x, dx, false",
        "[!ab]*, cx, true",
        "[!ab]*, ax, false",
        "[]x], ], true",
        "[a-], -, true",
        "[ab, [ab, true",
        "a[/]b, a/b, false",
        "a[/]b, a[/]b, true",
        "[!a]b, /b, false",
        "A, a, false",
        "'', '', true",
    })
    void patternsAreShellStyleAndNeverCrossASlash(String pattern, String path, boolean matches) {
        repository.delegate("targets", "a", false, pattern);
        repository.addTarget("a", path, RIGHT);
        publish();
        assertThat(host.find(path).isPresent()).isEqualTo(matches);
    }

    @Test
    void hashPrefixesSelectRoles() {
        Map<String, Object> delegation = repository.delegate("targets", "a", false);
        delegation.remove("paths");
        String hash = Digest.sha256("dir/x".getBytes(UTF_8)).hex();
        delegation.put("path_hash_prefixes", List.of("zz", hash.substring(0, 3)));
        repository.addTarget("a", "dir/x", RIGHT);
        repository.addTarget("a", "dir/y", WRONG);
        publish();
        assertThat(host.find("dir/x")).isPresent();
        assertThat(host.find("dir/y")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "1, bin-1",
        "4, bin-e",
        "5, bin-1d",
        "8, bin-e8",
        "9, bin-1d0",
        "16, bin-e8a5",
        "32, bin-e8a5d6f0"
    })
    void succinctRolesAreHashBins(int bits, String example) {
        String path = "shop/releases/1.0/shop.tgz";
        long first = Long.parseLong(Digest.sha256(path.getBytes(UTF_8)).hex().substring(0, 8), 16);
        long bin = first >> (32 - bits);
        int width = Long.toHexString((1L << bits) - 1).length();
        String role = "bin-" + String.format("%0" + width + "x", bin);
        assertThat(role).hasSameSizeAs(example);
        SimulatedKey key = SimulatedKey.ed25519();
        repository.keys.put(role, List.of(key));
        repository.roles.put(role, ReleaseRepositorySimulator.emptyTargets());
        Map<String, Object> succinct = roleKeys(List.of(key), 1);
        succinct.put("bit_length", (long) bits);
        succinct.put("name_prefix", "bin");
        Map<String, Object> delegations = repository.delegations("targets");
        delegations.put("keys", Map.of(key.id(), key.object()));
        delegations.put("succinct_roles", succinct);
        repository.addTarget(role, path, RIGHT);
        publish();
        assertThat(found(path)).isEqualTo(RIGHT);
    }

    @Test
    void malformedDelegationsAreRefused() {
        List<Consumer<Map<String, Object>>> faults =
                List.of(
                        delegation -> delegation.put("name", "root"),
                        delegation -> delegation.put("name", ""),
                        delegation -> delegation.remove("paths"),
                        delegation -> delegation.put("path_hash_prefixes", List.of("a")),
                        delegation -> delegation.put("threshold", 0L),
                        delegation -> delegation.put("terminating", "yes"),
                        delegation -> delegation.put("paths", List.of(1L)));
        for (var fault : faults) {
            ReleaseRepositorySimulator crafted = new ReleaseRepositorySimulator();
            fault.accept(crafted.delegate("targets", "a", false, "*"));
            crafted.bump("targets");
            crafted.publish();
            assertThatThrownBy(new SimulatedHost(crafted)::refresh)
                    .isInstanceOf(MetadataException.class);
        }
    }

    @Test
    void withoutConsistentSnapshotsPlainNamesAreUsed() {
        repository.consistentSnapshot = false;
        repository.publishRoot();
        repository.delegate("targets", "a", false, "dir/*");
        repository.addTarget("a", "dir/x", RIGHT);
        publish();
        assertThat(found("dir/x")).isEqualTo(RIGHT);
        assertThat(repository.requests)
                .containsExactly(
                        "2.root.json",
                        "3.root.json",
                        "timestamp.json",
                        "snapshot.json",
                        "targets.json",
                        "a.json",
                        "targets/dir/x");
    }

    @Test
    void nothingThatIsTrustedAndUnchangedIsFetchedAgain() {
        repository.delegate("targets", "a", false, "*");
        repository.addTarget("a", "x", RIGHT);
        publish();
        found("x");
        repository.requests.clear();
        host.find("x");
        host.find("x");
        assertThat(new ArrayList<>(repository.requests))
                .containsExactly("2.root.json", "timestamp.json", "2.root.json", "timestamp.json");
    }
}
