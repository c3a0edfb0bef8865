package dev.belay.versys.metadata;

import dev.belay.packaging.digest.Digest;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/// A set of 2^bits hash-bin roles that share keys and threshold (TAP 15). Role names are the
/// prefix, a dash and the bin number in hex, padded to the length of the last one.
///
/// @param bitLength 1 to 32
public record SuccinctRoles(RoleKeys keys, int bitLength, String namePrefix) {
    private static final int MAX_BITS = 32;

    static SuccinctRoles parse(MetadataFields fields) {
        long bits = fields.integer("bit_length", 1);
        if (bits > MAX_BITS) {
            throw fields.wrong("bit_length", "1 to 32");
        }
        return new SuccinctRoles(RoleKeys.parse(fields), (int) bits, fields.string("name_prefix"));
    }

    /// The role of the bin into which the path falls.
    public String roleFor(String targetPath) {
        String hash = Digest.sha256(targetPath.getBytes(StandardCharsets.UTF_8)).hex();
        long first32Bits = Long.parseLong(hash, 0, 8, 16);
        return roleName(first32Bits >>> (MAX_BITS - bitLength));
    }

    /// Whether the role is one of the bins.
    public boolean contains(String role) {
        String start = namePrefix + "-";
        if (!role.startsWith(start) || role.length() != start.length() + suffixLength()) {
            return false;
        }
        String suffix = role.substring(start.length());
        boolean hex =
                suffix.chars().allMatch(c -> (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'));
        return hex && Long.parseLong(suffix, 16) < 1L << bitLength;
    }

    private String roleName(long bin) {
        String hex = Long.toHexString(bin).toLowerCase(Locale.ROOT);
        return namePrefix + "-" + "0".repeat(suffixLength() - hex.length()) + hex;
    }

    private int suffixLength() {
        return Long.toHexString((1L << bitLength) - 1).length();
    }
}
