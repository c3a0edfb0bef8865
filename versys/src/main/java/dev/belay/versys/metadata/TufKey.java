package dev.belay.versys.metadata;

import dev.belay.packaging.digest.Digest;
import dev.belay.versys.metadata.JsonValue.JsonObject;
import dev.belay.versys.metadata.JsonValue.JsonString;
import java.util.Map;

/// A public key as metadata lists it (TUF 1.0 §4.2). Unknown members are kept in `source`.
///
/// A key of an unknown type is no error: it is never able to verify anything.
///
/// @param type `ed25519`, `ecdsa`, `rsa` or something unknown
/// @param scheme the signature scheme, for example `ecdsa-sha2-nistp256`
/// @param publicValue 64 hex digits for Ed25519, PEM for the others
/// @param source the object as it was received
public record TufKey(String type, String scheme, String publicValue, JsonObject source) {

    /// Reads a key object.
    ///
    /// @throws MetadataException `metadata-malformed`
    public static TufKey parse(JsonObject source) {
        return parse(new MetadataFields(source, "key"));
    }

    static TufKey parse(MetadataFields fields) {
        return new TufKey(
                fields.string("keytype"),
                fields.string("scheme"),
                fields.child("keyval").string("public"),
                fields.object());
    }

    /// An Ed25519 key of our own making.
    ///
    /// @param publicHex 64 lower-case hex digits
    public static TufKey ed25519(String publicHex) {
        JsonObject value = new JsonObject(Map.of("public", new JsonString(publicHex)));
        JsonObject source =
                new JsonObject(Map.of())
                        .with("keytype", new JsonString("ed25519"))
                        .with("keyval", value)
                        .with("scheme", new JsonString("ed25519"));
        return new TufKey("ed25519", "ed25519", publicHex, source);
    }

    /// The key id that we give to our own keys: SHA-256 of the canonical form. Ids in metadata of
    /// others are opaque and never compared with this.
    public String computedId() {
        return Digest.sha256(CanonicalJson.encode(source)).hex();
    }

    /// Whether `signature` was made over `message` by the owner of this key. Never throws: what
    /// cannot be checked is not verified.
    public boolean verifies(byte[] message, byte[] signature) {
        return PublicKeys.verifies(this, message, signature);
    }

    /// The same for two listings of one key, whatever their ids: the decoded public key.
    String identity() {
        return PublicKeys.identity(this);
    }
}
