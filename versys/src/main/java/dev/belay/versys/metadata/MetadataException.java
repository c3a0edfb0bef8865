package dev.belay.versys.metadata;

import dev.belay.packaging.failure.UntrustedException;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Metadata that is not acceptable. Nothing was taken over from it.
///
/// Kinds: `metadata-malformed`, `metadata-unsigned`, `metadata-rollback`, `metadata-mismatch`,
/// `metadata-expired`, `metadata-lifetime`, `metadata-too-large`, `metadata-missing`,
/// `repository-mismatch`.
public final class MetadataException extends UntrustedException {
    private static final long serialVersionUID = 1;

    private static final String ASK_VENDOR =
            "Nothing was changed. Try again later; if it stays, tell the vendor of this repository.";

    private final @Nullable Expiry expiry;

    /// What expired.
    ///
    /// @param role the role whose metadata it is
    /// @param expired the moment that its vendor signed
    /// @param judgedAt the moment at which it was looked at
    public record Expiry(String role, Instant expired, Instant judgedAt) {}

    /// See [dev.belay.packaging.failure.BelayException] for the parameters.
    public MetadataException(String kind, String message, String help) {
        this(kind, message, help, null, null);
    }

    private MetadataException(
            String kind,
            String message,
            String help,
            @Nullable Expiry expiry,
            @Nullable MetadataException cause) {
        super(kind, message, help, cause);
        this.expiry = expiry;
    }

    /// What expired, for `metadata-expired`.
    public Optional<Expiry> expiry() {
        return Optional.ofNullable(expiry);
    }

    /// Not what the specification allows.
    public static MetadataException malformed(String what) {
        return new MetadataException(
                "metadata-malformed", "Malformed metadata: " + what + ".", ASK_VENDOR);
    }

    /// Fewer good signatures than the threshold.
    public static MetadataException unsigned(String role, String signer, int good, int threshold) {
        return new MetadataException(
                "metadata-unsigned",
                role
                        + " has "
                        + good
                        + " of the "
                        + threshold
                        + " signatures that "
                        + signer
                        + " asks for.",
                "Nothing was changed. Do not install from this repository before the vendor explains it.");
    }

    /// Older than what was trusted before.
    public static MetadataException rollback(String what, long trusted, long offered) {
        return new MetadataException(
                "metadata-rollback",
                what + " went back from version " + trusted + " to " + offered + ".",
                "Nothing was changed. The server or a proxy offers old metadata; tell the vendor.");
    }

    /// Length, digest or version is not the one that was signed elsewhere.
    public static MetadataException mismatch(String what) {
        return new MetadataException("metadata-mismatch", what + ".", ASK_VENDOR);
    }

    /// Not acceptable any more at this time.
    public static MetadataException expired(String role, Instant since, Instant now) {
        return new MetadataException(
                "metadata-expired",
                role
                        + " metadata expired "
                        + ExpiryDate.format(since)
                        + " (it is "
                        + ExpiryDate.format(now)
                        + " here).",
                "What runs keeps running; nothing new is installed. Check this host's clock,"
                        + " then ask the vendor to renew the repository's metadata.",
                new Expiry(role, since, now),
                null);
    }

    /// Signed unattended, and valid for longer than any honest repository signs it.
    public static MetadataException lifetime(String role, Instant expires, Instant latest) {
        return new MetadataException(
                "metadata-lifetime",
                role
                        + " metadata would be valid until "
                        + ExpiryDate.format(expires)
                        + ", longer than the allowed "
                        + ExpiryDate.format(latest)
                        + ".",
                "Nothing was changed. Check this host's clock; if it is right, tell the vendor of this"
                        + " repository.");
    }

    /// The same, saying from where it came.
    ///
    /// @param where the role and the address
    public MetadataException from(String where) {
        return new MetadataException(kind(), where + ": " + getMessage(), help(), expiry, this);
    }

    /// Something that must be there is not.
    public static MetadataException missing(String what) {
        return new MetadataException("metadata-missing", what + ".", ASK_VENDOR);
    }
}
