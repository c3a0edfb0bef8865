package dev.belay.versys.simulator;

import dev.belay.packaging.digest.Digest;
import dev.belay.packaging.digest.LimitedInputStream;
import dev.belay.versys.client.Fetcher;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A TUF repository in memory, healthy unless a test makes it hostile.
///
/// The metadata of each role is a mutable tree of maps and lists: a test changes what it wants and
/// calls [#publish] or one of its steps. Files that were published stay available by their
/// versioned names. Every request is logged.
public final class ReleaseRepositorySimulator implements Fetcher {
    public static final String METADATA = "simulated:metadata/";
    public static final String TARGETS = "simulated:targets/";
    public static final Instant NOW = Instant.parse("2026-11-20T09:00:00Z");

    /// Everything expires a month from [#NOW] unless a test says otherwise.
    public static final String EXPIRES = "2026-12-20T09:00:00Z";

    /// The signing keys of every role.
    public final Map<String, List<SimulatedKey>> keys = new HashMap<>();

    /// The signed object of every role: `root`, `timestamp`, `snapshot`, `targets`, delegated ones.
    public final Map<String, Map<String, Object>> roles = new LinkedHashMap<>();

    /// The served files by name; a test may replace any of them.
    public final Map<String, byte[]> files = new HashMap<>();

    /// What was asked for, in order.
    public final List<String> requests = new ArrayList<>();

    public boolean consistentSnapshot = true;
    private byte[] firstRoot = new byte[0];

    public ReleaseRepositorySimulator() {
        for (String role : List.of("root", "timestamp", "snapshot", "targets")) {
            keys.put(role, new ArrayList<>(List.of(SimulatedKey.ed25519())));
            roles.put(role, signed(role));
        }
        role("targets").put("targets", new LinkedHashMap<>());
        role("root").put("version", 0L);
        publishRoot();
        firstRoot = file("1.root.json");
        publish();
    }

    /// A signed object with what every role has; version 1.
    public static Map<String, Object> signed(String type) {
        Map<String, Object> signed = new LinkedHashMap<>();
        signed.put("_type", type);
        signed.put("spec_version", "1.0.31");
        signed.put("version", 1L);
        signed.put("expires", EXPIRES);
        return signed;
    }

    public Map<String, Object> role(String name) {
        return roles.get(name);
    }

    public SimulatedKey key(String role) {
        return keys.get(role).getFirst();
    }

    public byte[] firstRoot() {
        return firstRoot.clone();
    }

    public byte[] file(String name) {
        byte[] bytes = files.get(name);
        if (bytes == null) {
            throw new IllegalArgumentException("never published: " + name);
        }
        return bytes.clone();
    }

    /// Replaces a role's keys; the root lists the new ones from the next [#publishRoot] on.
    public void rotate(String role) {
        keys.put(role, new ArrayList<>(List.of(SimulatedKey.ed25519())));
    }

    public void bump(String role) {
        role(role).put("version", (Long) role(role).get("version") + 1);
    }

    /// The next root, signed by the old root's keys and its own.
    public void publishRoot(SimulatedKey... oldKeys) {
        bump("root");
        fillRoot();
        List<SimulatedKey> signers = new ArrayList<>(List.of(oldKeys));
        keys.get("root").stream().filter(key -> !signers.contains(key)).forEach(signers::add);
        files.put(role("root").get("version") + ".root.json", sign(role("root"), signers));
    }

    /// Lists the present keys of the top-level roles, with threshold 1.
    public void fillRoot() {
        Map<String, Object> root = role("root");
        Map<String, Object> listed = new LinkedHashMap<>();
        Map<String, Object> rolesOfRoot = new LinkedHashMap<>();
        for (String role : List.of("root", "timestamp", "snapshot", "targets")) {
            keys.get(role).forEach(key -> listed.put(key.id(), key.object()));
            rolesOfRoot.put(role, roleKeys(keys.get(role), 1));
        }
        root.put("consistent_snapshot", consistentSnapshot);
        root.put("keys", listed);
        root.put("roles", rolesOfRoot);
    }

    public static Map<String, Object> roleKeys(List<SimulatedKey> keys, long threshold) {
        Map<String, Object> role = new LinkedHashMap<>();
        role.put("keyids", new ArrayList<>(keys.stream().map(SimulatedKey::id).toList()));
        role.put("threshold", threshold);
        return role;
    }

    /// A new targets role, delegated to by `delegator`.
    ///
    /// @return the delegation, for a test to change before publishing
    public Map<String, Object> delegate(
            String delegator, String name, boolean terminating, String... paths) {
        keys.computeIfAbsent(name, each -> new ArrayList<>(List.of(SimulatedKey.ed25519())));
        roles.computeIfAbsent(name, each -> emptyTargets());
        Map<String, Object> delegation = roleKeys(keys.get(name), 1);
        delegation.put("name", name);
        delegation.put("terminating", terminating);
        delegation.put("paths", new ArrayList<>(List.of(paths)));
        list(delegations(delegator), "roles").add(delegation);
        keys.get(name)
                .forEach(key -> map(delegations(delegator), "keys").put(key.id(), key.object()));
        return delegation;
    }

    public static Map<String, Object> emptyTargets() {
        Map<String, Object> targets = signed("targets");
        targets.put("targets", new LinkedHashMap<>());
        return targets;
    }

    public Map<String, Object> delegations(String delegator) {
        return map(role(delegator), "delegations");
    }

    @SuppressWarnings("unchecked")
    public static Map<String, Object> map(Map<String, Object> in, String name) {
        return (Map<String, Object>) in.computeIfAbsent(name, each -> new LinkedHashMap<>());
    }

    @SuppressWarnings("unchecked")
    public static List<Object> list(Map<String, Object> in, String name) {
        return (List<Object>) in.computeIfAbsent(name, each -> new ArrayList<>());
    }

    /// Adds a target to a role; the bytes are served at once.
    public Map<String, Object> addTarget(String role, String path, byte[] bytes) {
        Map<String, Object> target = new LinkedHashMap<>();
        target.put("length", (long) bytes.length);
        target.put("hashes", new LinkedHashMap<>(Map.of("sha256", Digest.sha256(bytes).hex())));
        map(role(role), "targets").put(path, target);
        int name = path.lastIndexOf('/') + 1;
        String hashed =
                path.substring(0, name) + Digest.sha256(bytes).hex() + "." + path.substring(name);
        files.put("targets/" + hashed, bytes.clone());
        files.put("targets/" + path, bytes.clone());
        return target;
    }

    /// Publishes all targets roles, a new snapshot and a new timestamp.
    public void publish() {
        roles.keySet().stream()
                .filter(ReleaseRepositorySimulator::isTargets)
                .forEach(this::publishTargets);
        publishSnapshot();
        publishTimestamp();
    }

    public static boolean isTargets(String role) {
        return !List.of("root", "timestamp", "snapshot").contains(role);
    }

    /// Publishes a targets role in its present version.
    public void publishTargets(String role) {
        put(role, sign(role(role), keys.get(role)));
    }

    /// Publishes a new snapshot of the targets roles' present versions.
    public void publishSnapshot() {
        Map<String, Object> meta = new LinkedHashMap<>();
        roles.keySet().stream()
                .filter(ReleaseRepositorySimulator::isTargets)
                .forEach(role ->
                        meta.put(
                                role + ".json",
                                new LinkedHashMap<>(Map.of("version", role(role).get("version")))));
        role("snapshot").put("meta", meta);
        resignSnapshot();
        bump("snapshot");
    }

    /// Signs the snapshot as it stands and lets the timestamp name it.
    public void resignSnapshot() {
        byte[] bytes = sign(role("snapshot"), keys.get("snapshot"));
        put("snapshot", bytes);
        Map<String, Object> file = new LinkedHashMap<>();
        file.put("version", role("snapshot").get("version"));
        file.put("length", (long) bytes.length);
        file.put("hashes", new LinkedHashMap<>(Map.of("sha256", Digest.sha256(bytes).hex())));
        role("timestamp").put("meta", new LinkedHashMap<>(Map.of("snapshot.json", file)));
    }

    /// Publishes the timestamp as it stands and counts its version up.
    public void publishTimestamp() {
        files.put("timestamp.json", sign(role("timestamp"), keys.get("timestamp")));
        bump("timestamp");
    }

    private void put(String role, byte[] bytes) {
        files.put(role(role).get("version") + "." + role + ".json", bytes);
        files.put(role + ".json", bytes);
    }

    public static byte[] sign(Map<String, Object> signed, List<SimulatedKey> signers) {
        byte[] message = IndependentCanonicalForm.of(signed);
        List<Object> signatures = new ArrayList<>();
        for (SimulatedKey key : signers) {
            signatures.add(signature(key.id(), key.sign(message)));
        }
        return envelope(signed, signatures);
    }

    public static Map<String, Object> signature(String keyId, byte[] bytes) {
        return new LinkedHashMap<>(Map.of("keyid", keyId, "sig", HexFormat.of().formatHex(bytes)));
    }

    public static byte[] envelope(Map<String, Object> signed, List<Object> signatures) {
        Map<String, Object> file = new LinkedHashMap<>();
        file.put("signatures", signatures);
        file.put("signed", signed);
        return IndependentCanonicalForm.json(file);
    }

    @Override
    public Optional<Arriving> open(String address, long offset, long maxBytes) throws IOException {
        String name =
                address.startsWith(METADATA)
                        ? address.substring(METADATA.length())
                        : "targets/" + address.substring(TARGETS.length());
        requests.add(name);
        byte[] bytes =
                files.get(URLDecoder.decode(name.replace("+", "%2B"), StandardCharsets.UTF_8));
        if (bytes == null) {
            return Optional.empty();
        }
        InputStream in = new ByteArrayInputStream(bytes);
        in.skipNBytes(offset);
        return Optional.of(new Arriving(offset, new LimitedInputStream(in, maxBytes - offset)));
    }
}
