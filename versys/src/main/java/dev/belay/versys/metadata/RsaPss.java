package dev.belay.versys.metadata;

import java.math.BigInteger;
import java.util.OptionalInt;
import org.bouncycastle.crypto.CryptoException;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.engines.RSAEngine;
import org.bouncycastle.crypto.generators.MGF1BytesGenerator;
import org.bouncycastle.crypto.params.MGFParameters;
import org.bouncycastle.crypto.params.RSAKeyParameters;
import org.bouncycastle.crypto.signers.PSSSigner;
import org.bouncycastle.util.BigIntegers;

/// RSASSA-PSS with SHA-256 and MGF1-SHA-256 (RFC 8017 §8.1.2), with any salt length.
///
/// TUF does not fix the salt length, and signers differ (32 bytes, or as many as fit). The verifier
/// wants to know it beforehand, so it is read from the decoded message first.
final class RsaPss {
    private static final int HASH_BYTES = 32;

    private RsaPss() {}

    static boolean verifies(RSAKeyParameters key, byte[] message, byte[] signature)
            throws CryptoException {
        int modulusBytes = (key.getModulus().bitLength() + 7) / 8;
        if (signature.length != modulusBytes) {
            return false;
        }
        OptionalInt salt = saltLength(key, signature);
        if (salt.isEmpty()) {
            return false;
        }
        PSSSigner verifier = new PSSSigner(new RSAEngine(), new SHA256Digest(), salt.getAsInt());
        verifier.init(false, key);
        verifier.update(message, 0, message.length);
        return verifier.verifySignature(signature);
    }

    /// EMSA-PSS-VERIFY steps 5 to 10 of RFC 8017 §9.1.2, only as far as the salt's start.
    private static OptionalInt saltLength(RSAKeyParameters key, byte[] signature) {
        BigInteger s = new BigInteger(1, signature);
        if (s.compareTo(key.getModulus()) >= 0) {
            return OptionalInt.empty();
        }
        int encodedBits = key.getModulus().bitLength() - 1;
        int encodedBytes = (encodedBits + 7) / 8;
        BigInteger encoded = s.modPow(key.getExponent(), key.getModulus());
        if (encoded.bitLength() > encodedBits) {
            return OptionalInt.empty();
        }
        byte[] em = BigIntegers.asUnsignedByteArray(encodedBytes, encoded);
        int maskedBytes = encodedBytes - HASH_BYTES - 1;
        byte[] seed = new byte[HASH_BYTES];
        System.arraycopy(em, maskedBytes, seed, 0, HASH_BYTES);
        byte[] mask = new byte[maskedBytes];
        MGF1BytesGenerator generator = new MGF1BytesGenerator(new SHA256Digest());
        generator.init(new MGFParameters(seed));
        generator.generateBytes(mask, 0, maskedBytes);
        int unusedBits = 8 * encodedBytes - encodedBits;
        for (int i = 0; i < maskedBytes; i++) {
            int db = (em[i] ^ mask[i]) & (i == 0 ? 0xff >> unusedBits : 0xff);
            if (db == 1) {
                return OptionalInt.of(maskedBytes - i - 1);
            }
            if (db != 0) {
                return OptionalInt.empty();
            }
        }
        return OptionalInt.empty();
    }
}
