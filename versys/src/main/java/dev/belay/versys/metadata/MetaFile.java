package dev.belay.versys.metadata;

import dev.belay.packaging.digest.Digest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// What timestamp or snapshot say of another metadata file (METAFILES, TUF 1.0 §4.4).
///
/// @param version the only version that is acceptable
/// @param length in bytes, if given
/// @param digests empty if none are given
public record MetaFile(long version, OptionalLong length, List<Digest> digests) {
    static MetaFile parse(MetadataFields fields) {
        return new MetaFile(
                fields.integer("version", 1),
                fields.optionalInteger("length", 0),
                fields.has("hashes") ? digests(fields) : List.of());
    }

    /// The digests of known algorithms under `hashes`; at least one must be known, because an
    /// unknown one alone would leave nothing to check.
    static List<Digest> digests(MetadataFields fields) {
        MetadataFields hashes = fields.child("hashes");
        List<Digest> known = new ArrayList<>();
        for (Digest.Algorithm algorithm : Digest.Algorithm.values()) {
            Optional<String> hex = hashes.optionalString(algorithm.label());
            if (hex.isPresent()) {
                try {
                    known.add(new Digest(algorithm, hex.get().toLowerCase(Locale.ROOT)));
                } catch (IllegalArgumentException e) {
                    throw hashes.wrong(algorithm.label(), "a digest in hex");
                }
            }
        }
        if (known.isEmpty()) {
            throw fields.wrong("hashes", "at least one of sha256 and sha512");
        }
        return List.copyOf(known);
    }

    /// Whether the bytes are the ones that were signed.
    ///
    /// @throws MetadataException `metadata-mismatch`
    public void verify(String what, byte[] bytes) {
        if (length.isPresent() && length.getAsLong() != bytes.length) {
            throw MetadataException.mismatch(
                    what + " has " + bytes.length + " bytes, not the signed " + length.getAsLong());
        }
        for (Digest digest : digests) {
            byte[] actual = digest.algorithm().newDigest().digest(bytes);
            if (!HexFormat.of().formatHex(actual).equals(digest.hex())) {
                throw MetadataException.mismatch(
                        what + " does not have the signed digest " + digest);
            }
        }
    }

    static Map<String, MetaFile> parseAll(MetadataFields fields) {
        return Map.copyOf(fields.map("meta", (name, meta) -> parse(meta)));
    }
}
