package dev.belay.versys.repository;

import dev.belay.packaging.digest.Digest;
import dev.belay.versys.metadata.Drafts;
import dev.belay.versys.metadata.JsonParser;
import dev.belay.versys.metadata.JsonValue;
import dev.belay.versys.metadata.JsonValue.JsonArray;
import dev.belay.versys.metadata.JsonValue.JsonBoolean;
import dev.belay.versys.metadata.JsonValue.JsonObject;
import dev.belay.versys.metadata.JsonValue.JsonString;
import dev.belay.versys.metadata.SigningKey;
import dev.belay.versys.metadata.TufKey;
import dev.belay.versys.signing.RoleNames;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;

/// A vendor with one key per role, one product `shop` and one channel `stable`.
public final class TestVendor {
    public final SigningKey rootKey = key(1);
    public SigningKey targetsKey = key(2);
    public final SigningKey releasesKey = key(3);
    public final SigningKey channelKey = key(4);
    public TufKey onlineKey;
    public Instant expires = Instant.parse("2030-01-01T00:00:00Z");
    public final Map<String, JsonValue> releases = new LinkedHashMap<>();
    public final Map<String, JsonValue> channel = new LinkedHashMap<>();

    public TestVendor(byte[] onlineKey) {
        this.onlineKey = TufKey.parse(JsonParser.parseObject(onlineKey));
    }

    public static SigningKey key(int seed) {
        byte[] secret = new byte[32];
        secret[0] = (byte) seed;
        return new SigningKey(new Ed25519PrivateKeyParameters(secret));
    }

    public byte[] root(long version, SigningKey... signers) {
        JsonObject roles =
                new JsonObject(Map.of())
                        .with("root", Drafts.roleKeys(List.of(rootKey.publicKey()), 1))
                        .with("targets", Drafts.roleKeys(List.of(targetsKey.publicKey()), 1))
                        .with("snapshot", Drafts.roleKeys(List.of(onlineKey), 1))
                        .with("timestamp", Drafts.roleKeys(List.of(onlineKey), 1));
        JsonObject root =
                Drafts.common("root", version, expires)
                        .with("consistent_snapshot", new JsonBoolean(true))
                        .with(
                                "keys",
                                Drafts.keys(
                                        List.of(
                                                rootKey.publicKey(),
                                                targetsKey.publicKey(),
                                                onlineKey)))
                        .with("roles", roles)
                        .with("x-belay-repository", new JsonString("acme"));
        return Drafts.sign(root, List.of(signers));
    }

    public byte[] targets(long version, SigningKey... signers) {
        JsonObject delegations =
                new JsonObject(Map.of())
                        .with(
                                "keys",
                                Drafts.keys(
                                        List.of(releasesKey.publicKey(), channelKey.publicKey())))
                        .with(
                                "roles",
                                new JsonArray(
                                        List.of(
                                                Drafts.delegatedRole(
                                                        "shop-releases",
                                                        RoleNames.releasePaths("shop"),
                                                        List.of(releasesKey.publicKey()),
                                                        1),
                                                Drafts.delegatedRole(
                                                        "shop-channel-stable",
                                                        List.of("shop/channels/stable.json"),
                                                        List.of(channelKey.publicKey()),
                                                        1))));
        return Drafts.sign(
                Drafts.targets(version, expires)
                        .with("delegations", delegations)
                        .with("x-belay-repository", new JsonString("acme")),
                List.of(signers));
    }

    public byte[] releases(long version, SigningKey... signers) {
        return role(version, releases, signers);
    }

    public byte[] channel(long version, SigningKey... signers) {
        return role(version, channel, signers);
    }

    private byte[] role(long version, Map<String, JsonValue> targets, SigningKey... signers) {
        return Drafts.sign(
                Drafts.targets(version, expires).with("targets", new JsonObject(targets)),
                List.of(signers));
    }

    public Map<String, byte[]> firstMetadata() {
        Map<String, byte[]> metadata = new LinkedHashMap<>();
        metadata.put("root", root(1, rootKey));
        metadata.put("targets", targets(1, targetsKey));
        metadata.put("shop-releases", releases(1, releasesKey));
        metadata.put("shop-channel-stable", channel(1, channelKey));
        return metadata;
    }

    public String addRelease(String version, byte[] bytes) {
        String path = RoleNames.bundlePath("shop", version, "any");
        releases.put(path, Drafts.target(bytes.length, Digest.sha256(bytes)));
        return path;
    }

    public static Instant day(int n) {
        return Instant.parse("2026-11-20T09:00:00Z").plus(Duration.ofDays(n));
    }
}
