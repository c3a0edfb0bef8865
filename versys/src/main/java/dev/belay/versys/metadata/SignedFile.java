package dev.belay.versys.metadata;

import dev.belay.versys.metadata.JsonValue.JsonObject;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// One metadata file: the bytes as received, what is signed in it, and its signatures by key id.
/// Parsed, not yet verified.
///
/// @param <T> the role's own record
public final class SignedFile<T extends RoleMetadata> {
    private final byte[] bytes;
    private final byte[] canonicalSigned;
    private final T signed;
    private final Map<String, String> signatures;

    private SignedFile(
            byte[] bytes, byte[] canonicalSigned, T signed, Map<String, String> signatures) {
        this.bytes = bytes;
        this.canonicalSigned = canonicalSigned;
        this.signed = signed;
        this.signatures = signatures;
    }

    /// Reads a `root.json`.
    public static SignedFile<RootMetadata> root(byte[] bytes) {
        return parse(bytes, RootMetadata::parse);
    }

    /// Reads a `timestamp.json`.
    public static SignedFile<TimestampMetadata> timestamp(byte[] bytes) {
        return parse(bytes, TimestampMetadata::parse);
    }

    /// Reads a `snapshot.json`.
    public static SignedFile<SnapshotMetadata> snapshot(byte[] bytes) {
        return parse(bytes, SnapshotMetadata::parse);
    }

    /// Reads a `targets.json` or the file of a delegated role.
    public static SignedFile<TargetsMetadata> targets(byte[] bytes) {
        return parse(bytes, TargetsMetadata::parse);
    }

    /// Reads a file of a role that people sign: `root`, `targets`, or one delegated to.
    public static SignedFile<? extends RoleMetadata> ofRole(String role, byte[] bytes) {
        return role.equals("root") ? root(bytes) : targets(bytes);
    }

    /// The same content with these signatures, in hex by key id, and no others.
    public SignedFile<T> withSignatures(Map<String, String> others) {
        return new SignedFile<>(
                Drafts.file(signedObject(), others),
                canonicalSigned,
                signed,
                new LinkedHashMap<>(others));
    }

    @FunctionalInterface
    private interface Reader<T> {
        T read(MetadataFields signed);
    }

    private static <T extends RoleMetadata> SignedFile<T> parse(byte[] bytes, Reader<T> reader) {
        MetadataFields envelope = new MetadataFields(JsonParser.parseObject(bytes), "file");
        Map<String, String> signatures = new LinkedHashMap<>();
        for (MetadataFields signature : envelope.objects("signatures")) {
            String keyId = signature.string("keyid");
            if (signatures.put(keyId, signature.string("sig")) != null) {
                throw MetadataException.malformed("two signatures of key " + keyId);
            }
        }
        MetadataFields signed = envelope.child("signed");
        return new SignedFile<>(
                bytes.clone(),
                CanonicalJson.encode(signed.object()),
                reader.read(signed),
                signatures);
    }

    /// What the role says.
    public T signed() {
        return signed;
    }

    /// The file as it was received; this is what is kept.
    public byte[] bytes() {
        return bytes.clone();
    }

    /// The object under `signed`, with members that we do not know.
    public JsonObject signedObject() {
        return signed.common().source();
    }

    /// The whole file as we write it: `signatures` and `signed`.
    public JsonObject envelope() {
        return Drafts.envelope(signedObject(), signatures);
    }

    /// Signatures as hex by key id, unverified.
    public Map<String, String> signatures() {
        return Map.copyOf(signatures);
    }

    /// What signatures are made over: the canonical form of what is signed.
    public byte[] payload() {
        return canonicalSigned.clone();
    }

    byte[] canonicalSigned() {
        return canonicalSigned;
    }

    /// The signature of that key; null if there is none or it is not hex.
    byte @Nullable [] signature(String keyId) {
        @Nullable String hex = signatures.get(keyId);
        try {
            return hex == null ? null : HexFormat.of().parseHex(hex);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    @Override
    public String toString() {
        return Objects.toString(signed.common());
    }
}
