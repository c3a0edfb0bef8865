package dev.belay.versys.repository;

import dev.belay.packaging.digest.Digest;
import dev.belay.versys.metadata.Drafts;
import dev.belay.versys.metadata.JsonValue;
import dev.belay.versys.metadata.JsonValue.JsonArray;
import dev.belay.versys.metadata.JsonValue.JsonObject;
import dev.belay.versys.metadata.SigningKey;
import dev.belay.versys.signing.KeyStore;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Somebody with some keys of a vendor of `shop`, with every token, and in control of the files
/// that hosts are shown. Signs everything with every key that is at hand, and with one of his own.
public final class Thief {
    private static final SigningKey OWN = TestVendor.key(66);
    private static final String ROLE = "shop-thief";
    private static final String RELEASES = "shop-releases";
    private final Path web;
    private final PublishedState state;
    private final Set<String> stolen;
    private final List<SigningKey> keys = new ArrayList<>(List.of(OWN));

    /// @param web the repository as it was published, to be spoilt
    /// @param stolen names of keys
    public Thief(Path web, Path vendorsKeys, Set<String> stolen) {
        this.web = web;
        this.state = new RepositoryFiles(web).read().orElseThrow();
        this.stolen = stolen;
        stolen.forEach(name -> keys.add(new KeyStore(vendorsKeys).open(name, _ -> new char[0])));
    }

    /// New files of roles: a root and delegations to himself if he can, and these targets.
    ///
    /// @param wanted target bytes by path by role
    /// @param also whether also in roles that he cannot sign
    /// @param onlyOwn whether the roles of the product are signed by no stolen key
    public Map<String, byte[]> forge(
            Map<String, Map<String, byte[]>> wanted, boolean also, boolean onlyOwn) {
        Instant later = Instant.now().plus(Duration.ofDays(100));
        boolean grants = stolen.contains("root") || stolen.contains("targets");
        Map<String, byte[]> forged = new LinkedHashMap<>();
        if (stolen.contains("root")) {
            forged.put("root", Drafts.sign(root(), keys));
        }
        if (grants) {
            forged.put("targets", Drafts.sign(targets(), keys));
            forged.put(ROLE, Drafts.sign(Drafts.targets(1, later), keys));
        }
        wanted.forEach((role, files) -> {
            Map<String, JsonValue> targets = new LinkedHashMap<>();
            files.forEach((path, bytes) ->
                    targets.put(path, Drafts.target(bytes.length, Digest.sha256(bytes))));
            List<SigningKey> signers = onlyOwn ? List.of(OWN) : keys;
            if (grants && role.equals(RELEASES)) {
                forged.put(
                        ROLE,
                        Drafts.sign(
                                Drafts.targets(1, later).with("targets", new JsonObject(targets)),
                                signers));
            } else if (grants || also || stolen.contains(role)) {
                forged.put(
                        role,
                        Drafts.sign(
                                Drafts.nextTargets(state.role(role).orElseThrow(), later, targets),
                                signers));
            }
        });
        return forged;
    }

    /// The next root, where his key counts for `targets` too, and alone for what is newest.
    private JsonObject root() {
        JsonObject root = next(state.root().signedObject());
        JsonObject old = object(root, "roles");
        JsonObject alone = Drafts.roleKeys(List.of(OWN.publicKey()), 1);
        JsonObject roles =
                old.with("targets", withOwn(object(old, "targets")))
                        .with("snapshot", alone)
                        .with("timestamp", alone);
        return withOwnListed(root).with("roles", roles);
    }

    /// The next `targets`, in which a role of his own comes first and his key counts in all others.
    private JsonObject targets() {
        JsonObject targets = next(state.role("targets").orElseThrow().signedObject());
        JsonObject delegations = withOwnListed(object(targets, "delegations"));
        List<JsonValue> roles = new ArrayList<>();
        roles.add(
                Drafts.delegatedRole(
                                ROLE, List.of("shop/releases/*/*"), List.of(OWN.publicKey()), 1)
                        .with("terminating", new JsonValue.JsonBoolean(false)));
        ((JsonArray) delegations.members().get("roles"))
                .elements()
                .forEach(role -> roles.add(withOwn((JsonObject) role)));
        return targets.with("delegations", delegations.with("roles", new JsonArray(roles)));
    }

    private static JsonObject next(JsonObject signed) {
        long version = ((JsonValue.JsonInteger) signed.members().get("version")).value();
        return signed.with("version", new JsonValue.JsonInteger(version + 1));
    }

    private static JsonObject object(JsonObject parent, String name) {
        return (JsonObject) parent.members().get(name);
    }

    private static JsonObject withOwnListed(JsonObject parent) {
        return parent.with("keys", object(parent, "keys").with(OWN.id(), OWN.publicKey().source()));
    }

    private static JsonObject withOwn(JsonObject role) {
        List<JsonValue> ids =
                new ArrayList<>(((JsonArray) role.members().get("keyids")).elements());
        ids.add(new JsonValue.JsonString(OWN.id()));
        return role.with("keyids", new JsonArray(ids));
    }

    /// Lets the vendor's honest server publish it.
    ///
    /// @throws dev.belay.packaging.failure.BelayException if it does not
    void upload(Map<String, byte[]> forged, Iterable<byte[]> blobs, Path onlineKeys) {
        RepositoryWriter server =
                FileRepositoryWriter.open(web, onlineKeys, _ -> new char[0], Instant::now);
        blobs.forEach(bytes ->
                server.stage(Digest.sha256(bytes), new ByteArrayInputStream(bytes), 1_000_000));
        server.commit(forged);
    }

    /// Shows it to hosts, with a snapshot and a timestamp of his own making.
    ///
    /// @param now when he signs these
    public void show(Map<String, byte[]> forged, Map<String, byte[]> blobs, Instant now)
            throws IOException {
        Map<String, JsonValue> meta = new LinkedHashMap<>();
        state.targets()
                .forEach((role, file) ->
                        meta.put(
                                role + ".json",
                                Drafts.metaFile(file.signed().version(), file.bytes())));
        for (Map.Entry<String, byte[]> file : forged.entrySet()) {
            String role = file.getKey();
            long version =
                    role.equals("root")
                            ? state.root().signed().version() + 1
                            : state.role(role).map(old -> old.signed().version()).orElse(0L) + 1;
            write("metadata/" + RepositoryFiles.name(version, role), file.getValue());
            if (!role.equals("root")) {
                meta.put(role + ".json", Drafts.metaFile(version, file.getValue()));
            }
        }
        for (Map.Entry<String, byte[]> blob : blobs.entrySet()) {
            int slash = blob.getKey().lastIndexOf('/') + 1;
            String hash = Digest.sha256(blob.getValue()).hex();
            write(
                    "targets/%s%s.%s"
                            .formatted(
                                    blob.getKey().substring(0, slash),
                                    hash,
                                    blob.getKey().substring(slash)),
                    blob.getValue());
        }
        Instant until = now.plus(Duration.ofDays(3));
        long version = state.snapshotVersion() + 100;
        byte[] snapshot = Drafts.sign(Drafts.snapshot(version, until, meta), keys);
        write("metadata/" + RepositoryFiles.name(version, "snapshot"), snapshot);
        write(
                "metadata/" + RepositoryFiles.TIMESTAMP,
                Drafts.sign(
                        Drafts.timestamp(state.timestampVersion() + 100, until, version, snapshot),
                        keys));
    }

    private void write(String name, byte[] bytes) throws IOException {
        Path file = web.resolve(name);
        Files.createDirectories(file.getParent());
        Files.write(file, bytes);
    }
}
