package dev.belay.versys.publish;

import dev.belay.packaging.durable.DurableFiles;
import dev.belay.packaging.failure.RefusedException;
import dev.belay.versys.client.Repositories;
import dev.belay.versys.metadata.Drafts;
import dev.belay.versys.metadata.JsonValue;
import dev.belay.versys.metadata.JsonValue.JsonArray;
import dev.belay.versys.metadata.JsonValue.JsonBoolean;
import dev.belay.versys.metadata.JsonValue.JsonObject;
import dev.belay.versys.metadata.JsonValue.JsonString;
import dev.belay.versys.metadata.RoleMetadata;
import dev.belay.versys.metadata.SigningKey;
import dev.belay.versys.metadata.TufKey;
import dev.belay.versys.signing.KeyStore;
import dev.belay.versys.signing.RoleNames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Makes a vendor's directory, its keys and the first metadata of its repository.
public final class NewRepository {
    /// How long hosts accept what the vendor signs, unless it signs again.
    static final Duration LIFE = Duration.ofDays(365);

    private final Path directory;
    private final VendorSettings settings;
    private final List<String> channels;
    private final int rootKeys;
    private final Instant expires;

    /// @param directory must not hold a vendor yet
    /// @param rootKeys how many root keys there are, all of which must sign; 1 for one person alone
    public NewRepository(
            Path directory,
            VendorSettings settings,
            List<String> channels,
            int rootKeys,
            InstantSource clock) {
        this.directory = directory;
        this.settings = settings;
        this.channels = List.copyOf(channels);
        this.rootKeys = rootKeys;
        this.expires = clock.instant().plus(LIFE);
        if (Files.exists(directory.resolve(VendorSettings.FILE))) {
            throw new RefusedException(
                    "vendor-exists",
                    directory + " belongs to a vendor already. Nothing was changed.",
                    "Choose another directory.");
        }
    }

    /// Makes the keys, signs, publishes, and only then writes what makes the directory a vendor's.
    /// Cut short, it can be done again: keys that are there are taken, and so are the very files
    /// that were signed, because the repository may have them already.
    ///
    /// @param passphrase null to keep the keys unencrypted
    /// @return the names of the keys that were made
    public List<String> create(PublishEndpoint endpoint, char @Nullable [] passphrase) {
        FirstMetadata first = new FirstMetadata(directory);
        List<String> names =
                create(
                        endpoint.onlineKey(),
                        metadata -> {
                            first.keep(metadata);
                            endpoint.commitRepository(metadata);
                        },
                        passphrase);
        first.forget();
        return names;
    }

    /// As above, with another end for the signed files.
    ///
    /// @param online signs snapshot and timestamp
    /// @param publish takes the signed files by role
    public List<String> create(
            TufKey online, Consumer<Map<String, byte[]>> publish, char @Nullable [] passphrase) {
        KeyStore store = new KeyStore(directory.resolve("keys"));
        List<String> rootNames = new ArrayList<>();
        for (int i = 1; i <= rootKeys; i++) {
            rootNames.add(rootKeys == 1 ? "root" : "root-" + i);
        }
        List<String> names = new ArrayList<>(rootNames);
        names.add("targets");
        names.add(RoleNames.releases(settings.product()));
        channels.forEach(channel -> names.add(RoleNames.channel(settings.product(), channel)));
        names.forEach(
                name -> store.createMissing(name, passphrase == null ? null : passphrase.clone()));
        Map<String, byte[]> metadata =
                new FirstMetadata(directory)
                        .kept(online, Set.copyOf(names.subList(rootNames.size(), names.size())))
                        .orElseGet(() -> sign(store, rootNames, online, passphrase));
        publish.accept(metadata);
        keep(metadata);
        return names;
    }

    private Map<String, byte[]> sign(
            KeyStore store, List<String> rootNames, TufKey online, char @Nullable [] passphrase) {
        Map<String, TufKey> keys = store.publicKeys();
        List<TufKey> root = rootNames.stream().map(name -> key(keys, name)).toList();
        TufKey targets = key(keys, "targets");
        Map<String, byte[]> metadata = new LinkedHashMap<>();
        metadata.put("root", sign(store, root(root, targets, online), root, passphrase));
        metadata.put("targets", sign(store, targets(keys), List.of(targets), passphrase));
        for (Map.Entry<String, TufKey> entry : keys.entrySet()) {
            if (entry.getKey().startsWith(settings.product() + "-")) {
                JsonObject empty = Drafts.targets(1, expires);
                metadata.put(
                        entry.getKey(), sign(store, empty, List.of(entry.getValue()), passphrase));
            }
        }
        return metadata;
    }

    private JsonObject root(List<TufKey> root, TufKey targets, TufKey online) {
        List<TufKey> all = new ArrayList<>(root);
        all.add(targets);
        all.add(online);
        JsonObject roles =
                new JsonObject(Map.of())
                        .with("root", Drafts.roleKeys(root, root.size()))
                        .with("snapshot", Drafts.roleKeys(List.of(online), 1))
                        .with("targets", Drafts.roleKeys(List.of(targets), 1))
                        .with("timestamp", Drafts.roleKeys(List.of(online), 1));
        return named(Drafts.common("root", 1, expires))
                .with("consistent_snapshot", new JsonBoolean(true))
                .with("keys", Drafts.keys(all))
                .with("roles", roles);
    }

    private JsonObject targets(Map<String, TufKey> keys) {
        String product = settings.product();
        List<TufKey> used = new ArrayList<>();
        List<JsonValue> roles = new ArrayList<>();
        TufKey releases = key(keys, RoleNames.releases(product));
        used.add(releases);
        roles.add(
                Drafts.delegatedRole(
                        RoleNames.releases(product),
                        RoleNames.releasePaths(product),
                        List.of(releases),
                        1));
        for (String channel : channels) {
            TufKey key = key(keys, RoleNames.channel(product, channel));
            used.add(key);
            roles.add(
                    Drafts.delegatedRole(
                            RoleNames.channel(product, channel),
                            List.of(RoleNames.channelPath(product, channel)),
                            List.of(key),
                            1));
        }
        JsonObject delegations =
                new JsonObject(Map.of())
                        .with("keys", Drafts.keys(used))
                        .with("roles", new JsonArray(roles));
        return named(Drafts.targets(1, expires)).with("delegations", delegations);
    }

    private JsonObject named(JsonObject signed) {
        return signed.with(RoleMetadata.Common.REPOSITORY, new JsonString(settings.product()));
    }

    private static byte[] sign(
            KeyStore store, JsonObject signed, List<TufKey> keys, char @Nullable [] passphrase) {
        List<SigningKey> opened =
                store.open(
                        keys.stream().map(TufKey::computedId).toList(),
                        _ -> passphrase == null ? new char[0] : passphrase.clone());
        return Drafts.sign(signed, opened);
    }

    private static TufKey key(Map<String, TufKey> keys, String name) {
        return Objects.requireNonNull(keys.get(name), name);
    }

    private void keep(Map<String, byte[]> metadata) {
        byte[] root = Objects.requireNonNull(metadata.get("root"));
        try {
            Repositories.trust(directory.resolve("trusted"), root);
            DurableFiles.write(directory.resolve("root.json"), root);
            settings.write(directory);
        } catch (IOException e) {
            throw VendorSettings.unusable(directory, e);
        }
    }
}
