package dev.belay.versys.metadata;

import dev.belay.packaging.digest.Digest;
import dev.belay.versys.metadata.JsonValue.JsonArray;
import dev.belay.versys.metadata.JsonValue.JsonBoolean;
import dev.belay.versys.metadata.JsonValue.JsonInteger;
import dev.belay.versys.metadata.JsonValue.JsonObject;
import dev.belay.versys.metadata.JsonValue.JsonString;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Makes metadata: unsigned objects, and signed files from them.
public final class Drafts {
    /// The version of the specification that we write to.
    public static final String SPEC_VERSION = "1.0.34";

    private Drafts() {}

    /// What every role starts with.
    public static JsonObject common(String type, long version, Instant expires) {
        return new JsonObject(Map.of())
                .with("_type", new JsonString(type))
                .with("expires", new JsonString(ExpiryDate.format(expires)))
                .with("spec_version", new JsonString(SPEC_VERSION))
                .with("version", new JsonInteger(version));
    }

    /// A root or a delegations object's `keys`.
    public static JsonObject keys(Collection<TufKey> keys) {
        Map<String, JsonValue> byId = new TreeMap<>();
        keys.forEach(key -> byId.put(key.computedId(), key.source()));
        return new JsonObject(byId);
    }

    /// Key ids and threshold.
    public static JsonObject roleKeys(Collection<TufKey> keys, int threshold) {
        return new JsonObject(Map.of())
                .with("keyids", JsonArray.ofStrings(keys.stream().map(TufKey::computedId).toList()))
                .with("threshold", new JsonInteger(threshold));
    }

    /// A delegation to a named role, terminating.
    public static JsonObject delegatedRole(
            String name, List<String> paths, Collection<TufKey> keys, int threshold) {
        return roleKeys(keys, threshold)
                .with("name", new JsonString(name))
                .with("paths", JsonArray.ofStrings(paths))
                .with("terminating", new JsonBoolean(true));
    }

    /// A targets role without targets and delegations.
    public static JsonObject targets(long version, Instant expires) {
        return common("targets", version, expires).with("targets", new JsonObject(Map.of()));
    }

    /// The next version of a targets role: these targets added or replaced, everything else kept.
    public static JsonObject nextTargets(
            SignedFile<TargetsMetadata> published,
            Instant expires,
            Map<String, ? extends JsonValue> added) {
        JsonObject old = published.signedObject();
        Map<String, JsonValue> targets = new TreeMap<>();
        if (old.members().get("targets") instanceof JsonObject listed) {
            targets.putAll(listed.members());
        }
        targets.putAll(added);
        return old.with("version", new JsonInteger(published.signed().version() + 1))
                .with("expires", new JsonString(ExpiryDate.format(expires)))
                .with("targets", new JsonObject(targets));
    }

    /// What a targets role says of one target.
    public static JsonObject target(long length, Digest digest) {
        return new JsonObject(Map.of())
                .with("hashes", hashes(digest))
                .with("length", new JsonInteger(length));
    }

    /// A snapshot of these files.
    ///
    /// @param files bytes and version by role
    public static JsonObject snapshot(long version, Instant expires, Map<String, JsonValue> files) {
        return common("snapshot", version, expires)
                .with("meta", new JsonObject(new TreeMap<>(files)));
    }

    /// A timestamp of that snapshot.
    public static JsonObject timestamp(
            long version, Instant expires, long snapshotVersion, byte[] snapshot) {
        return common("timestamp", version, expires)
                .with(
                        "meta",
                        new JsonObject(
                                Map.of("snapshot.json", metaFile(snapshotVersion, snapshot))));
    }

    /// What snapshot and timestamp say of a file.
    public static JsonObject metaFile(long version, byte[] bytes) {
        return new JsonObject(Map.of())
                .with("hashes", hashes(Digest.sha256(bytes)))
                .with("length", new JsonInteger(bytes.length))
                .with("version", new JsonInteger(version));
    }

    private static JsonObject hashes(Digest digest) {
        return new JsonObject(Map.of(digest.algorithm().label(), new JsonString(digest.hex())));
    }

    /// The file of a role with the signatures of these keys.
    public static byte[] sign(JsonObject signed, Collection<SigningKey> keys) {
        byte[] message = CanonicalJson.encode(signed);
        Map<String, String> signatures = new LinkedHashMap<>();
        keys.forEach(key -> signatures.put(key.id(), key.sign(message)));
        return file(signed, signatures);
    }

    /// The file of a role with these signatures.
    ///
    /// @param signatures hex by key id
    public static byte[] file(JsonObject signed, Map<String, String> signatures) {
        return CanonicalJson.encodeAsJson(envelope(signed, signatures));
    }

    static JsonObject envelope(JsonObject signed, Map<String, String> signatures) {
        List<JsonValue> list =
                new TreeMap<>(signatures)
                        .entrySet().stream()
                                .<JsonValue>map(entry ->
                                        new JsonObject(
                                                Map.of(
                                                        "keyid",
                                                        new JsonString(entry.getKey()),
                                                        "sig",
                                                        new JsonString(entry.getValue()))))
                                .toList();
        return new JsonObject(Map.of("signatures", new JsonArray(list), "signed", signed));
    }
}
