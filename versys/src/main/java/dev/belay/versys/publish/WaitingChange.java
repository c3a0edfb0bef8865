package dev.belay.versys.publish;

import dev.belay.packaging.failure.RefusedException;
import dev.belay.versys.client.TufClient;
import dev.belay.versys.metadata.JsonValue.JsonObject;
import dev.belay.versys.metadata.RoleMetadata;
import dev.belay.versys.metadata.SignedFile;
import dev.belay.versys.signing.Change;
import dev.belay.versys.signing.ChangeSigning;
import dev.belay.versys.signing.PublicationConflictException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/// A change that waits on the server for signatures, as this vendor's own client judges it.
///
/// @param missing what is still needed, one sentence for each role; empty if it can be published
/// @param outdated somebody published in between, so that it never can be
public record WaitingChange(String name, Change change, List<String> missing, boolean outdated) {
    /// Without a token there is nothing to see, and nothing to complain of.
    private static final String NO_TOKEN = "token-missing";

    private static final Set<String> UNSEEN = Set.of(NO_TOKEN, "unauthorised", "forbidden");

    public WaitingChange {
        missing = List.copyOf(missing);
    }

    /// All that wait for this vendor's product.
    ///
    /// @param words told if they cannot be seen
    public static List<WaitingChange> of(Vendor vendor, Consumer<String> words) {
        Map<String, Change> staged;
        try {
            staged = vendor.endpoint().stagedChanges(vendor.settings().product());
        } catch (RefusedException e) {
            if (!UNSEEN.contains(e.kind())) {
                throw e;
            }
            if (!e.kind().equals(NO_TOKEN)) {
                words.accept("What waits on the server cannot be seen: " + e.getMessage());
            }
            return List.of();
        }
        List<WaitingChange> waiting = new ArrayList<>();
        staged.forEach((name, change) -> {
            TufClient client = vendor.forRepair(change.roles());
            boolean outdated = outdated(client, change);
            List<String> missing =
                    outdated
                            ? List.of()
                            : new ChangeSigning(
                                            change, client.root(), () -> client.targets().signed())
                                    .missing(vendor.keys().names());
            waiting.add(new WaitingChange(name, change, missing, outdated));
        });
        return waiting;
    }

    /// @throws PublicationConflictException `metadata-conflict`
    static void requireNotOutdated(TufClient client, Change change) {
        if (outdated(client, change)) {
            throw new PublicationConflictException(
                    "metadata-conflict",
                    change.stagedName()
                            + " cannot be published any more: somebody published something else in"
                            + " between. Nothing was signed.",
                    "Make the change anew, on top of what is published, and delete this file; if it"
                            + " waits on the server: versys unstage "
                            + change.stagedName());
        }
    }

    private static boolean outdated(TufClient client, Change change) {
        return change.files().entrySet().stream()
                .anyMatch(entry -> outdated(client, entry.getKey(), entry.getValue()));
    }

    private static boolean outdated(TufClient client, String role, SignedFile<?> file) {
        RoleMetadata next = file.signed();
        if (role.equals("root")) {
            return client.root().version() >= next.version()
                    && !client.root().common().source().equals(file.signedObject());
        }
        Optional<SignedFile<?>> published =
                role.equals("targets")
                        ? Optional.of(client.targets())
                        : client.delegatedRole(role).map(SignedFile::targets);
        return published
                .filter(old -> old.signed().version() >= next.version())
                .map(SignedFile::signedObject)
                .filter((JsonObject old) -> !old.equals(file.signedObject()))
                .isPresent();
    }
}
