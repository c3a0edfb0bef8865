package dev.belay.versys.metadata;

import dev.belay.packaging.digest.Digest;
import java.io.IOException;
import java.io.StringReader;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.crypto.CryptoException;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.params.Ed25519PublicKeyParameters;
import org.bouncycastle.crypto.params.MLDSAParameters;
import org.bouncycastle.crypto.params.MLDSAPublicKeyParameters;
import org.bouncycastle.crypto.params.RSAKeyParameters;
import org.bouncycastle.crypto.signers.DSADigestSigner;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.crypto.signers.Ed25519Signer;
import org.bouncycastle.crypto.signers.MLDSASigner;
import org.bouncycastle.crypto.util.PublicKeyFactory;
import org.bouncycastle.math.ec.rfc8032.Ed25519;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemReader;

/// Signature checks for the key types of TUF, by Bouncy Castle's lightweight classes: they refuse
/// small-order Ed25519 keys, which the JDK's own accept, and need no provider.
final class PublicKeys {
    private static final int MAX_KEY_TEXT = 16 * 1024;
    private static final int MIN_RSA_BITS = 2048;
    private static final int MAX_RSA_BITS = 8192;
    private static final byte[] ML_DSA_PREFIX = {'t', 'u', 'f', 1};

    private PublicKeys() {}

    /// Malformed keys and signatures surface from Bouncy Castle as several runtime exceptions; each
    /// of them means "not verified".
    static boolean verifies(TufKey key, byte[] message, byte[] signature) {
        try {
            return switch (key.type() + "/" + key.scheme()) {
                case "ed25519/ed25519" -> ed25519(key, message, signature);
                case "ecdsa/ecdsa-sha2-nistp256", "ecdsa-sha2-nistp256/ecdsa-sha2-nistp256" ->
                        ecdsa(key, message, signature);
                case "rsa/rsassa-pss-sha256" -> rsaPss(key, message, signature);
                case "ml-dsa/ml-dsa-44/1" ->
                        mlDsa(key, MLDSAParameters.ml_dsa_44, message, signature);
                case "ml-dsa/ml-dsa-65/1" ->
                        mlDsa(key, MLDSAParameters.ml_dsa_65, message, signature);
                case "ml-dsa/ml-dsa-87/1" ->
                        mlDsa(key, MLDSAParameters.ml_dsa_87, message, signature);
                default -> false;
            };
        } catch (IOException | CryptoException | RuntimeException e) {
            return false;
        }
    }

    /// One text for one key pair, however the key is written: PEM and its DER leave room for
    /// variants (text around it, a compressed point, absent parameters) that verify the same
    /// signatures, and a key pair must not count twice. For RSA the modulus alone, because whoever
    /// can sign with one exponent can sign with any.
    static String identity(TufKey key) {
        String value = key.publicValue();
        try {
            byte[] decoded =
                    key.type().equals("ed25519")
                            ? HexFormat.of().parseHex(value)
                            : switch (PublicKeyFactory.createKey(publicKeyInfo(key))) {
                                case RSAKeyParameters rsa -> rsa.getModulus().toByteArray();
                                case ECPublicKeyParameters ecdsa -> ecdsa.getQ().getEncoded(false);
                                case MLDSAPublicKeyParameters mlDsa -> mlDsa.getEncoded();
                                default -> value.getBytes(StandardCharsets.UTF_8);
                            };
            return HexFormat.of().formatHex(decoded);
        } catch (IOException | RuntimeException e) {
            return value;
        }
    }

    private static boolean ed25519(TufKey key, byte[] message, byte[] signature) {
        byte[] raw = HexFormat.of().parseHex(key.publicValue());
        if (raw.length != Ed25519PublicKeyParameters.KEY_SIZE
                || !Ed25519.validatePublicKeyFull(raw, 0)) {
            return false;
        }
        Ed25519Signer verifier = new Ed25519Signer();
        verifier.init(false, new Ed25519PublicKeyParameters(raw));
        verifier.update(message, 0, message.length);
        return verifier.verifySignature(signature);
    }

    /// The curve must be the named P-256: explicit parameters would let the key's author choose.
    private static boolean ecdsa(TufKey key, byte[] message, byte[] signature) throws IOException {
        SubjectPublicKeyInfo info = publicKeyInfo(key);
        if (!X9ObjectIdentifiers.id_ecPublicKey.equals(info.getAlgorithm().getAlgorithm())
                || !SECObjectIdentifiers.secp256r1.equals(info.getAlgorithm().getParameters())) {
            return false;
        }
        ECPublicKeyParameters point = (ECPublicKeyParameters) PublicKeyFactory.createKey(info);
        DSADigestSigner verifier = new DSADigestSigner(new ECDSASigner(), new SHA256Digest());
        verifier.init(false, point);
        verifier.update(message, 0, message.length);
        return verifier.verifySignature(signature);
    }

    private static boolean rsaPss(TufKey key, byte[] message, byte[] signature)
            throws IOException, CryptoException {
        AsymmetricKeyParameter parsed = PublicKeyFactory.createKey(publicKeyInfo(key));
        if (!(parsed instanceof RSAKeyParameters rsa)) {
            return false;
        }
        BigInteger modulus = rsa.getModulus();
        return modulus.bitLength() >= MIN_RSA_BITS
                && modulus.bitLength() <= MAX_RSA_BITS
                && RsaPss.verifies(rsa, message, signature);
    }

    /// ML-DSA with the empty context over a prefix and the SHA-512 of the message, so that hardware
    /// need not take in whole metadata files (the TAP "ML-DSA signing scheme for TUF metadata",
    /// version 1).
    private static boolean mlDsa(
            TufKey key, MLDSAParameters wanted, byte[] message, byte[] signature)
            throws IOException {
        AsymmetricKeyParameter parsed = PublicKeyFactory.createKey(publicKeyInfo(key));
        if (!(parsed instanceof MLDSAPublicKeyParameters mlDsa)
                || !wanted.equals(mlDsa.getParameters())) {
            return false;
        }
        byte[] digest = Digest.Algorithm.SHA512.newDigest().digest(message);
        MLDSASigner verifier = new MLDSASigner();
        verifier.init(false, mlDsa);
        verifier.update(ML_DSA_PREFIX, 0, ML_DSA_PREFIX.length);
        verifier.update(digest, 0, digest.length);
        return verifier.verifySignature(signature);
    }

    private static SubjectPublicKeyInfo publicKeyInfo(TufKey key) throws IOException {
        if (key.publicValue().length() > MAX_KEY_TEXT) {
            throw new IOException("key text too long");
        }
        try (PemReader reader = new PemReader(new StringReader(key.publicValue()))) {
            PemObject pem = reader.readPemObject();
            if (pem == null || !pem.getType().equals("PUBLIC KEY")) {
                throw new IOException("not a PEM public key");
            }
            return SubjectPublicKeyInfo.getInstance(pem.getContent());
        }
    }
}
