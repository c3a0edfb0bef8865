package dev.belay.versys.repository;

import dev.belay.versys.metadata.DelegatedRole;
import dev.belay.versys.metadata.Delegations;
import dev.belay.versys.metadata.MetadataException;
import dev.belay.versys.metadata.RootMetadata;
import dev.belay.versys.metadata.SignedFile;
import dev.belay.versys.metadata.Signer;
import dev.belay.versys.metadata.TargetsMetadata;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/// Whether a whole state may be shown to clients: every role is there, fresh, signed by enough of
/// the keys that its delegator lists, and lists only what its delegator allows. Pure.
final class StateCheck {
    /// Longer than any vendor signs; whoever got hold of a key for a day shall not have it for
    /// ever.
    private static final Duration LONGEST_LIFE = Duration.ofDays(5 * 366);

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
            role.targets().keySet().forEach(TargetNames::requirePlain);
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

    private void requireFresh(String role, Instant expires) {
        if (!now.isBefore(expires)) {
            throw MetadataException.expired(role, expires, now);
        }
        if (expires.isAfter(now.plus(LONGEST_LIFE))) {
            throw MetadataException.lifetime(role, expires, now.plus(LONGEST_LIFE));
        }
    }
}
