package dev.belay.versys.repository;

import dev.belay.versys.metadata.DelegatedRole;
import dev.belay.versys.metadata.Delegations;
import dev.belay.versys.metadata.MetadataException;
import dev.belay.versys.metadata.RootMetadata;
import dev.belay.versys.metadata.SignedFile;
import dev.belay.versys.metadata.Signer;
import dev.belay.versys.metadata.TargetsMetadata;
import java.time.Instant;
import java.util.Map;
import java.util.regex.Pattern;

/// Whether a whole state may be shown to clients: every role is there, fresh, signed by enough of
/// the keys that its delegator lists, and lists only what its delegator allows. Pure.
final class StateCheck {
    private static final Pattern TARGET_PATH =
            Pattern.compile("[A-Za-z0-9][A-Za-z0-9.+_~-]*(/[A-Za-z0-9][A-Za-z0-9.+_~-]*)*");

    private final PublishedState state;
    private final Instant now;

    StateCheck(PublishedState state, Instant now) {
        this.state = state;
        this.now = now;
    }

    /// @throws MetadataException that names what is wrong
    void run() {
        RootMetadata root = state.root().signed();
        requireFresh("root", root.expires());
        SignedFile<TargetsMetadata> top =
                state.role("targets")
                        .orElseThrow(() -> MetadataException.missing("there is no targets role"));
        root.signerOf("targets").verify("targets", top);
        if (!root.common().repository().equals(top.signed().common().repository())) {
            throw MetadataException.malformed("root and targets name different repositories");
        }
        for (Map.Entry<String, SignedFile<TargetsMetadata>> entry : state.targets().entrySet()) {
            TargetsMetadata role = entry.getValue().signed();
            requireFresh(entry.getKey(), role.expires());
            role.targets().keySet().forEach(StateCheck::requirePlain);
            role.delegations().ifPresent(all -> checkDelegations(entry.getKey(), all));
        }
    }

    private void checkDelegations(String delegator, Delegations delegations) {
        for (DelegatedRole role : delegations.roles()) {
            SignedFile<TargetsMetadata> file =
                    state.role(role.name())
                            .orElseThrow(() ->
                                    MetadataException.missing(
                                            delegator
                                                    + " delegates to "
                                                    + role.name()
                                                    + ", which is not there"));
            new Signer(delegator, delegations.keys(), role.keys()).verify(role.name(), file);
            for (String path : file.signed().targets().keySet()) {
                if (!role.paths().matches(path)) {
                    throw MetadataException.malformed(role.name() + " may not sign " + path);
                }
            }
        }
    }

    private static void requirePlain(String path) {
        if (!TARGET_PATH.matcher(path).matches()) {
            throw MetadataException.malformed(path + " is no plain target path");
        }
    }

    private void requireFresh(String role, Instant expires) {
        if (!now.isBefore(expires)) {
            throw MetadataException.expired(role, expires, now);
        }
    }
}
