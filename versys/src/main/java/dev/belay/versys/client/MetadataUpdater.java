package dev.belay.versys.client;

import dev.belay.packaging.failure.BelayException;
import dev.belay.versys.metadata.DelegatedRole;
import dev.belay.versys.metadata.Delegations;
import dev.belay.versys.metadata.MetaFile;
import dev.belay.versys.metadata.MetadataException;
import dev.belay.versys.metadata.RoleMetadata;
import dev.belay.versys.metadata.RootMetadata;
import dev.belay.versys.metadata.SignedFile;
import dev.belay.versys.metadata.TargetFile;
import dev.belay.versys.metadata.TargetsMetadata;
import dev.belay.versys.trust.Freshness;
import dev.belay.versys.trust.TrustedMetadata;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Decides which metadata to load and from where (TUF 1.0 §5.3 to §5.6). What is acceptable,
/// [TrustedMetadata] says. Every verified step is kept before the next one begins.
final class MetadataUpdater {
    private static final String ROOT = "root";
    private static final String TIMESTAMP = "timestamp";
    private static final String SNAPSHOT = "snapshot";
    private static final String TARGETS = "targets";

    private final Transfers transfers;
    private final String base;
    private final MetadataStore store;
    private final ClientLimits limits;
    private Allowance allowance = new Allowance(Duration.ZERO);
    private @Nullable TrustedMetadata loaded;

    MetadataUpdater(Transfers transfers, String base, MetadataStore store, ClientLimits limits) {
        this.transfers = transfers;
        this.base = base;
        this.store = store;
        this.limits = limits;
    }

    /// The whole top-level workflow.
    void refresh(Freshness freshness) {
        allowance = new Allowance(limits.metadataTime());
        TrustedMetadata trusted = TrustedMetadata.startingFrom(keptRoot(), freshness);
        updateRoot(trusted);
        trusted.recall(store.read(TIMESTAMP), store.read(SNAPSHOT));
        updateTimestamp(trusted);
        loadSnapshot(trusted);
        loadTargets(trusted, TARGETS, ROOT);
        loaded = trusted;
    }

    /// The chain of roots alone, without asking whether the last one has expired.
    void refreshRoot() {
        allowance = new Allowance(limits.metadataTime());
        TrustedMetadata trusted = TrustedMetadata.startingFrom(keptRoot(), Freshness.NOT_ASKED);
        updateRoot(trusted);
        loaded = trusted;
    }

    private byte[] keptRoot() {
        return store.read(ROOT)
                .orElseThrow(() ->
                        MetadataException.missing("there is no trusted root.json to start from"));
    }

    private void updateRoot(TrustedMetadata trusted) {
        for (int rotations = 0; trusted.root().version() < Long.MAX_VALUE; rotations++) {
            String address = SafeNames.join(base, (trusted.root().version() + 1) + ".root.json");
            Optional<byte[]> next =
                    transfers.bytes(
                            address, limits.rootBytes(), allowance.atMost(limits.rootTime()));
            if (next.isEmpty()) {
                break;
            }
            if (rotations == limits.rootRotations()) {
                throw new MetadataException(
                        "metadata-too-many-roots",
                        base
                                + " has more than "
                                + rotations
                                + " new roots. Those were followed; nothing else was taken.",
                        "Run the command again, and it goes on from there. If it stays, tell the"
                                + " vendor of this repository.");
            }
            taken(ROOT, address, next.get(), trusted::updateRoot);
            store.write(ROOT, next.get());
        }
        store.requireRoot(trusted.root().version());
    }

    private void updateTimestamp(TrustedMetadata trusted) {
        String address = SafeNames.join(base, "timestamp.json");
        byte[] timestamp = fetchTimestamp(address);
        taken(
                TIMESTAMP,
                address,
                timestamp,
                fetched -> {
                    if (trusted.updateTimestamp(fetched)) {
                        store.write(TIMESTAMP, fetched);
                    }
                });
    }

    /// What is wrong with a fetched file names the file.
    private static void taken(String role, String address, byte[] bytes, Consumer<byte[]> take) {
        try {
            take.accept(bytes);
        } catch (MetadataException e) {
            if (e.kind().equals("metadata-malformed") && WebPage.is(bytes)) {
                throw WebPage.insteadOf(address);
            }
            throw e.from(role + " from " + address.replaceFirst("^offline:", ""));
        }
    }

    private void loadSnapshot(TrustedMetadata trusted) {
        MetaFile file = trusted.snapshotFile();
        if (!accepted(store.read(SNAPSHOT), trusted::updateSnapshot)) {
            fetch(
                    SNAPSHOT,
                    versioned(trusted, file, SNAPSHOT),
                    limit(file, limits.snapshotBytes()),
                    trusted::updateSnapshot);
        }
    }

    private TargetsMetadata loadTargets(TrustedMetadata trusted, String role, String delegator) {
        Optional<TargetsMetadata> taken = trusted.targets(role, delegator);
        if (taken.isPresent()) {
            return taken.get();
        }
        MetaFile file = trusted.fileOf(role);
        if (!accepted(store.read(role), kept -> trusted.updateTargets(role, delegator, kept))) {
            fetch(
                    role,
                    versioned(trusted, file, role),
                    limit(file, limits.targetsBytes()),
                    fetched -> trusted.updateTargets(role, delegator, fetched));
        }
        return trusted.targets(role, delegator).orElseThrow();
    }

    /// Whether a kept file is the one that is wanted now. If it is not, the wanted one is fetched,
    /// and only that one's faults matter.
    private static boolean accepted(Optional<byte[]> kept, Consumer<byte[]> take) {
        if (kept.isEmpty()) {
            return false;
        }
        try {
            take.accept(kept.get());
            return true;
        } catch (MetadataException e) {
            return false;
        }
    }

    /// The target of that path: delegations in pre-order, each role once, a terminating one ends
    /// the search (§5.6.7).
    Optional<TargetFile> find(String path) {
        TrustedMetadata trusted = trusted();
        record Visit(String role, String delegator) {}
        Deque<Visit> toVisit = new ArrayDeque<>(List.of(new Visit(TARGETS, ROOT)));
        Set<String> visited = new HashSet<>();
        while (!toVisit.isEmpty() && visited.size() <= limits.delegations()) {
            Visit visit = toVisit.pop();
            if (!visited.add(visit.role())) {
                continue;
            }
            TargetsMetadata role = loadTargets(trusted, visit.role(), visit.delegator());
            @Nullable TargetFile target = role.targets().get(path);
            if (target != null) {
                return Optional.of(target);
            }
            List<Delegations.Step> steps =
                    role.delegations().map(all -> all.stepsFor(path)).orElse(List.of());
            Deque<Visit> children = new ArrayDeque<>();
            for (Delegations.Step step : steps) {
                children.push(new Visit(step.role(), visit.role()));
                if (step.terminating()) {
                    toVisit.clear();
                    break;
                }
            }
            children.forEach(toVisit::push);
        }
        return Optional.empty();
    }

    RootMetadata root() {
        return trusted().root();
    }

    SignedFile<TargetsMetadata> targetsFile() {
        loadTargets(trusted(), TARGETS, ROOT);
        return SignedFile.targets(store.read(TARGETS).orElseThrow());
    }

    Map<String, RoleMetadata> roles() {
        Map<String, RoleMetadata> roles = new LinkedHashMap<>();
        roles.put(ROOT, root());
        roles.put(TIMESTAMP, trusted().timestamp());
        roles.put(SNAPSHOT, trusted().snapshot());
        TargetsMetadata targets = loadTargets(trusted(), TARGETS, ROOT);
        roles.put(TARGETS, targets);
        List<DelegatedRole> delegated =
                targets.delegations().map(Delegations::roles).orElse(List.of());
        for (DelegatedRole role : delegated) {
            roles.put(role.name(), loadTargets(trusted(), role.name(), TARGETS));
        }
        return roles;
    }

    private Optional<Delegations> delegations() {
        return loadTargets(trusted(), TARGETS, ROOT).delegations();
    }

    Optional<byte[]> delegatedRole(String role) {
        if (delegations().flatMap(all -> all.signerOf(TARGETS, role)).isEmpty()) {
            return Optional.empty();
        }
        loadTargets(trusted(), role, TARGETS);
        return store.read(role);
    }

    /// Whether file names carry versions and digests.
    boolean consistentSnapshot() {
        return trusted().root().consistentSnapshot();
    }

    /// The version of the trusted snapshot.
    long snapshotVersion() {
        return trusted().snapshotVersion();
    }

    /// What is asked for now has its own time: hosts may look for a target long after the refresh.
    private TrustedMetadata trusted() {
        if (loaded == null) {
            throw new IllegalStateException("refresh comes first");
        }
        allowance = new Allowance(limits.metadataTime());
        return loaded;
    }

    private static String versioned(TrustedMetadata trusted, MetaFile file, String role) {
        String name = SafeNames.encodedRole(role) + ".json";
        return trusted.root().consistentSnapshot() ? file.version() + "." + name : name;
    }

    private static long limit(MetaFile file, int limit) {
        return Math.min(file.length().orElse(limit), limit);
    }

    /// Without one nothing was signed for this moment: an address that is no repository's, or a
    /// server that is not set up. Nothing was tampered with, so that it is no failure of trust.
    private byte[] fetchTimestamp(String address) {
        return transfers
                .bytes(address, limits.timestampBytes(), allowance)
                .orElseThrow(() ->
                        new BelayException(
                                "repository-missing",
                                "There is no repository at "
                                        + base
                                        + ": it has no timestamp.json, or does not show it.",
                                "Check the server's address; if it is right, ask the vendor whether"
                                        + " the repository is set up. Nothing was changed."));
    }

    /// Fetches a file that signed metadata names, and keeps it when it was taken.
    private void fetch(String role, String name, long maxBytes, Consumer<byte[]> take) {
        String address = SafeNames.join(base, name);
        byte[] fetched =
                transfers
                        .bytes(address, maxBytes, allowance)
                        .orElseThrow(() ->
                                MetadataException.missing(
                                        "The repository has no file of "
                                                + role
                                                + " at "
                                                + address));
        taken(role, address, fetched, take);
        store.write(role, fetched);
    }
}
