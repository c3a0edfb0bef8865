package dev.belay.versys.client;

import dev.belay.packaging.failure.BelayException;
import dev.belay.packaging.failure.RefusedException;
import dev.belay.packaging.failure.UntrustedException;
import dev.belay.versys.metadata.ExpiryDate;
import dev.belay.versys.metadata.MetadataException;
import dev.belay.versys.yaml.Quantities;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/// What is wrong with an offline file, for the admin who carried it here. Pure.
final class OfflineWords {
    private static final String UNTOUCHED =
            " Nothing was changed; the running product is not affected.";
    private static final String MAKE_ANEW =
            "Make it anew with versys export, for this host's product, channel, platform and"
                    + " installed version.";

    private final Path file;
    private final Duration staleness;

    OfflineWords(Path file, Duration staleness) {
        this.file = file;
        this.staleness = staleness;
    }

    /// @param now this host's time
    BelayException of(BelayException failure, Instant now) {
        String what = String.valueOf(failure.getMessage());
        return switch (failure.kind()) {
            case "metadata-expired" -> expired(failure, now);
            case "metadata-rollback" ->
                    untrusted(
                            failure,
                            file + " is older than what this host has seen already: " + what,
                            "Make a newer one with versys export. An accepted staleness does not"
                                    + " help: what was seen once is the least that counts.");
            case "metadata-missing" ->
                    untrusted(failure, file + " lacks what this host needs: " + what, MAKE_ANEW);
            case "target-missing" ->
                    new RefusedException(
                            "target-missing",
                            file + " does not hold all that this host needs. " + what + UNTOUCHED,
                            MAKE_ANEW,
                            failure);
            case "repository-mismatch", "metadata-unsigned" ->
                    untrusted(
                            failure,
                            file + " is not signed by the vendor whom this host trusts: " + what,
                            "Ask whoever made it. If it comes from your vendor, it was altered on"
                                    + " the way.");
            case "metadata-malformed",
                    "metadata-mismatch",
                    "metadata-too-large",
                    "target-mismatch",
                    "target-too-large" ->
                    untrusted(
                            failure,
                            file + " is damaged or was altered: " + what,
                            "Copy it again, or make it anew with versys export.");
            default -> failure;
        };
    }

    private BelayException expired(BelayException failure, Instant now) {
        if (!(failure instanceof MetadataException metadata) || metadata.expiry().isEmpty()) {
            return failure;
        }
        MetadataException.Expiry expiry = metadata.expiry().get();
        long days = Duration.between(expiry.expired(), now).toDays() + 1;
        return untrusted(
                failure,
                "The metadata of "
                        + file
                        + " ran out on "
                        + ExpiryDate.format(expiry.expired())
                        + " ("
                        + expiry.role()
                        + "; it is "
                        + ExpiryDate.format(now)
                        + " here)"
                        + (staleness.isZero()
                                ? "."
                                : ", longer ago than the accepted "
                                        + Quantities.text(staleness)
                                        + "."),
                "Make a newer one with versys export. To accept this one all the same:"
                        + " --accept-staleness "
                        + days
                        + "d");
    }

    private static UntrustedException untrusted(BelayException failure, String what, String help) {
        return new UntrustedException(failure.kind(), what + UNTOUCHED, help, failure);
    }
}
