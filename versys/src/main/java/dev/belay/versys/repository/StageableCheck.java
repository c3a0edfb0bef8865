package dev.belay.versys.repository;

import dev.belay.packaging.digest.Digest;
import dev.belay.packaging.failure.RefusedException;
import dev.belay.versys.metadata.MetadataException;
import dev.belay.versys.metadata.SignedFile;
import dev.belay.versys.metadata.TargetFile;
import dev.belay.versys.metadata.TargetsMetadata;
import dev.belay.versys.signing.Change;
import dev.belay.versys.signing.ChangeSigning;
import dev.belay.versys.signing.RoleNames;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Whether a change may wait on a server for signatures. Whatever comes from there is checked again
/// by who signs it and by the commit; this keeps out what could never be published. Pure.
final class StageableCheck {
    private final PublishedState published;

    StageableCheck(PublishedState published) {
        this.published = published;
    }

    /// @return the targets that it adds or replaces, by path
    Map<String, TargetFile> run(String product, Change change) {
        for (String role : change.roles()) {
            boolean own =
                    role.equals("root")
                            || role.equals("targets")
                            || role.equals(RoleNames.releases(product))
                            || RoleNames.isChannelOf(product, role);
            if (!own) {
                throw ProposedMetadata.notAllowed(role);
            }
        }
        ProposedMetadata proposed = ProposedMetadata.parse(change.metadata(), published);
        proposed.requirePublishable(published);
        requireShownDocuments(change, proposed);
        SignedFile<TargetsMetadata> targets =
                published
                        .role("targets")
                        .orElseThrow(() -> MetadataException.missing("there is no targets role"));
        new ChangeSigning(change, published.root().signed(), targets::signed)
                .requireGoodSignatures();
        return proposed.changedTargets(published);
    }

    private static void requireShownDocuments(Change change, ProposedMetadata proposed) {
        Map<String, TargetFile> named = new LinkedHashMap<>();
        proposed.roles().values().forEach(role -> named.putAll(role.signed().targets()));
        change.documents()
                .forEach((path, document) -> {
                    boolean shown =
                            Optional.ofNullable(named.get(path))
                                    .filter(target ->
                                            target.length() == document.length
                                                    && target.digests()
                                                            .contains(Digest.sha256(document)))
                                    .isPresent();
                    if (!shown) {
                        throw new RefusedException(
                                "change-invalid",
                                "The change shows another "
                                        + path
                                        + " than the one it would have signed.",
                                "Nothing was staged. Make it again with versys.");
                    }
                });
    }
}
