package dev.belay.packaging.digest;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;

/// A digest of some bytes: algorithm and lower-case hex. Printed and parsed as `sha256:<64 hex
/// digits>`.
public record Digest(Algorithm algorithm, String hex) {
    /// The algorithms that Belay accepts.
    public enum Algorithm {
        /// FIPS 180-4 SHA-256, 32 bytes.
        SHA256("SHA-256", 64),
        /// FIPS 180-4 SHA-512, 64 bytes.
        SHA512("SHA-512", 128);

        private final String jca;
        private final int hexLength;

        Algorithm(String jca, int hexLength) {
            this.jca = jca;
            this.hexLength = hexLength;
        }

        /// A fresh digest computation.
        public MessageDigest newDigest() {
            try {
                return MessageDigest.getInstance(jca);
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("every JDK has " + jca, e);
            }
        }

        /// The name as TUF and our manifests write it: `sha256`, `sha512`.
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public Digest {
        if (hex.length() != algorithm.hexLength
                || !hex.chars().allMatch(c -> (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'))) {
            throw new IllegalArgumentException(
                    "not a " + algorithm.label() + " digest in lower-case hex: " + hex);
        }
    }

    /// Parses `sha256:<hex>` or `sha512:<hex>`.
    ///
    /// @throws IllegalArgumentException if it is anything else
    public static Digest parse(String text) {
        for (Algorithm algorithm : Algorithm.values()) {
            if (text.startsWith(algorithm.label() + ":")) {
                return new Digest(algorithm, text.substring(algorithm.label().length() + 1));
            }
        }
        throw new IllegalArgumentException("a digest starts with sha256: or sha512:, not: " + text);
    }

    /// SHA-256 of bytes in memory.
    public static Digest sha256(byte[] bytes) {
        return of(Algorithm.SHA256, Algorithm.SHA256.newDigest().digest(bytes));
    }

    /// Wraps raw digest bytes.
    public static Digest of(Algorithm algorithm, byte[] raw) {
        return new Digest(algorithm, HexFormat.of().formatHex(raw));
    }

    @Override
    public String toString() {
        return algorithm.label() + ":" + hex;
    }
}
