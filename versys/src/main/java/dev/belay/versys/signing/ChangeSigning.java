package dev.belay.versys.signing;

import dev.belay.packaging.failure.RefusedException;
import dev.belay.versys.metadata.Delegations;
import dev.belay.versys.metadata.MetadataException;
import dev.belay.versys.metadata.RoleKeys;
import dev.belay.versys.metadata.RoleMetadata;
import dev.belay.versys.metadata.RootMetadata;
import dev.belay.versys.metadata.SignedFile;
import dev.belay.versys.metadata.Signer;
import dev.belay.versys.metadata.SigningKey;
import dev.belay.versys.metadata.TargetsMetadata;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Who must still sign a change, and adding signatures to it. Pure.
///
/// A new root needs the keys of the published one and its own. Everything else needs the keys that
/// will be in force once the change is published.
public final class ChangeSigning {
    private final Change change;
    private final RootMetadata publishedRoot;
    private final RootMetadata root;
    private final Optional<Delegations> delegations;

    /// @param published the targets role that is published; not asked for if only the root changes
    public ChangeSigning(
            Change change, RootMetadata publishedRoot, Supplier<TargetsMetadata> published) {
        this.change = change;
        this.publishedRoot = publishedRoot;
        this.root =
                signed(change, "root") instanceof RootMetadata newRoot ? newRoot : publishedRoot;
        this.delegations =
                change.roles().equals(Set.of("root"))
                        ? Optional.empty()
                        : (signed(change, "targets") instanceof TargetsMetadata newTargets
                                        ? newTargets
                                        : published.get())
                                .delegations();
    }

    private static @Nullable RoleMetadata signed(Change change, String role) {
        SignedFile<?> file = change.files().get(role);
        return file == null ? null : file.signed();
    }

    private List<Signer> signers(String role) {
        if (role.equals("root")) {
            return List.of(publishedRoot.signerOf("root"), root.signerOf("root"));
        }
        if (role.equals("targets")) {
            return List.of(root.signerOf("targets"));
        }
        return List.of(
                delegations
                        .flatMap(all -> all.signerOf("targets", role))
                        .orElseThrow(() -> unknown(role)));
    }

    /// That no such role is delegated to.
    public static RefusedException unknown(String role) {
        return new RefusedException(
                "unknown-role",
                "The repository delegates nothing to " + role + ".",
                "Check the names of product and channel.");
    }

    /// What is still needed, one sentence for each role; empty when the change can be published.
    ///
    /// @param names how keys are called here, by id
    public List<String> missing(Map<String, String> names) {
        List<String> missing = new ArrayList<>();
        change.files()
                .forEach((role, file) -> {
                    for (Signer signer : signers(role)) {
                        int good = signer.goodSignatures(file).size();
                        if (good < signer.role().threshold()) {
                            missing.add(sentence(role, file, signer, good, names));
                        }
                    }
                });
        return missing.stream().distinct().toList();
    }

    private static String sentence(
            String role, SignedFile<?> file, Signer signer, int good, Map<String, String> names) {
        TreeSet<String> open = new TreeSet<>(signer.role().keyIds());
        open.removeAll(file.signatures().keySet());
        List<String> called =
                open.stream().map(id -> names.getOrDefault(id, id.substring(0, 8))).toList();
        return role
                + " has "
                + good
                + " of "
                + signer.role().threshold()
                + " signatures; still to sign: "
                + String.join(" or ", called)
                + ".";
    }

    /// For whoever takes a change from strangers: every signature in it is good and counts, and
    /// there is one at least, so that nothing waits that nobody of the signers wants.
    ///
    /// @throws MetadataException `metadata-unsigned`
    public void requireGoodSignatures() {
        int all = 0;
        for (Map.Entry<String, SignedFile<?>> entry : change.files().entrySet()) {
            SignedFile<?> file = entry.getValue();
            List<Signer> signers = new ArrayList<>(signers(entry.getKey()));
            if (entry.getKey().equals("targets")) {
                signers.add(publishedRoot.signerOf("targets"));
            }
            for (String id : file.signatures().keySet()) {
                if (signers.stream().noneMatch(signer -> signed(file, signer, id))) {
                    throw MetadataException.unsigned(entry.getKey(), "key " + id, 0, 1);
                }
                all++;
            }
        }
        if (all == 0) {
            throw MetadataException.unsigned("the change", "the server", 0, 1);
        }
    }

    private static boolean signed(SignedFile<?> file, Signer signer, String id) {
        RoleKeys alone = new RoleKeys(List.of(id), 1);
        return signer.role().keyIds().contains(id)
                && !new Signer(signer.name(), signer.keys(), alone).goodSignatures(file).isEmpty();
    }

    /// The ids of the keys whose signature would count and is not there yet.
    public List<String> wanted() {
        TreeSet<String> wanted = new TreeSet<>();
        change.files()
                .forEach((role, file) -> {
                    for (Signer signer : signers(role)) {
                        if (signer.goodSignatures(file).size() < signer.role().threshold()) {
                            wanted.addAll(signer.role().keyIds());
                            wanted.removeAll(file.signatures().keySet());
                        }
                    }
                });
        return List.copyOf(wanted);
    }

    /// The ids of keys whose signature nobody needs, but which spares clients a moment in which
    /// they turn away from the repository: the old keys of `targets` beside its new ones.
    public List<String> helpful() {
        if (!change.roles().containsAll(Set.of("root", "targets"))) {
            return List.of();
        }
        return publishedRoot.signerOf("targets").role().keyIds();
    }

    /// The change with the signatures of these keys, wherever they count or help.
    public Change signedBy(List<SigningKey> keys) {
        Map<String, SignedFile<? extends RoleMetadata>> files = new LinkedHashMap<>();
        change.files()
                .forEach((role, file) -> {
                    Map<String, String> signatures = new HashMap<>(file.signatures());
                    for (SigningKey key : keys) {
                        boolean counts =
                                signers(role).stream()
                                        .anyMatch(s -> s.role().keyIds().contains(key.id()));
                        boolean helps = role.equals("targets") && helpful().contains(key.id());
                        if (counts || helps) {
                            signatures.put(key.id(), key.sign(file.payload()));
                        }
                    }
                    files.put(role, file.withSignatures(signatures));
                });
        return new Change(files, change.documents());
    }
}
