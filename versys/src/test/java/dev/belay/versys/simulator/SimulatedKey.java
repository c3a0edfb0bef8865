package dev.belay.versys.simulator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;

/// A key pair of the JDK with its TUF key object.
public final class SimulatedKey {
    private final KeyPair pair;
    private final String scheme;
    private final int saltBytes;
    private final Map<String, Object> object;

    private SimulatedKey(KeyPair pair, String type, String scheme, int saltBytes, String value) {
        this.pair = pair;
        this.scheme = scheme;
        this.saltBytes = saltBytes;
        this.object = new LinkedHashMap<>();
        object.put("keytype", type);
        object.put("scheme", scheme);
        object.put("keyval", new LinkedHashMap<>(Map.of("public", value)));
    }

    public static SimulatedKey ed25519() {
        KeyPair pair = generate("Ed25519");
        byte[] encoded = pair.getPublic().getEncoded();
        String raw =
                HexFormat.of()
                        .formatHex(
                                Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length));
        return new SimulatedKey(pair, "ed25519", "ed25519", 0, raw);
    }

    public static SimulatedKey ecdsa() {
        return ecdsa("secp256r1");
    }

    public static SimulatedKey ecdsa(String curve) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec(curve));
            KeyPair pair = generator.generateKeyPair();
            return new SimulatedKey(pair, "ecdsa", "ecdsa-sha2-nistp256", 0, pem(pair));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    public static SimulatedKey rsa(int bits, int saltBytes) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(bits);
            KeyPair pair = generator.generateKeyPair();
            return new SimulatedKey(pair, "rsa", "rsassa-pss-sha256", saltBytes, pem(pair));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /// @param parameters `44`, `65` or `87`
    public static SimulatedKey mlDsa(String parameters) {
        KeyPair pair = generate("ML-DSA-" + parameters);
        return new SimulatedKey(pair, "ml-dsa", "ml-dsa-" + parameters + "/1", 0, pem(pair));
    }

    private static KeyPair generate(String algorithm) {
        try {
            return KeyPairGenerator.getInstance(algorithm).generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String pem(KeyPair pair) {
        return pem(pair.getPublic().getEncoded());
    }

    private static String pem(byte[] der) {
        return "-----BEGIN PUBLIC KEY-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der)
                + "\n-----END PUBLIC KEY-----\n";
    }

    /// The same public key in another encoding: the point compressed, parameters left out.
    public static String rewritten(String pem) {
        byte[] der = Base64.getMimeDecoder().decode(pem.replaceAll("-----[^-]*-----", ""));
        SubjectPublicKeyInfo info = SubjectPublicKeyInfo.getInstance(der);
        byte[] content = info.getPublicKeyData().getOctets();
        AlgorithmIdentifier algorithm = info.getAlgorithm();
        boolean point = algorithm.getAlgorithm().equals(X9ObjectIdentifiers.id_ecPublicKey);
        byte[] compressed = new byte[33];
        if (point) {
            compressed[0] = (byte) (2 + (content[64] & 1));
            System.arraycopy(content, 1, compressed, 1, 32);
        } else {
            // absent parameters instead of NULL
            algorithm = new AlgorithmIdentifier(algorithm.getAlgorithm());
        }
        try {
            return pem(
                    new SubjectPublicKeyInfo(algorithm, point ? compressed : content).getEncoded());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The object as metadata lists it; may be changed by a test.
    public Map<String, Object> object() {
        return object;
    }

    public String id() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(IndependentCanonicalForm.of(object)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    public byte[] sign(byte[] message) {
        try {
            Signature signature =
                    switch (scheme) {
                        case "ed25519" -> Signature.getInstance("Ed25519");
                        case "ecdsa-sha2-nistp256" -> Signature.getInstance("SHA256withECDSA");
                        case "rsassa-pss-sha256" -> pss();
                        default -> Signature.getInstance("ML-DSA");
                    };
            signature.initSign(pair.getPrivate());
            signature.update(scheme.startsWith("ml-dsa") ? prefixedDigest(message) : message);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] prefixedDigest(byte[] message) throws GeneralSecurityException {
        ByteBuffer signed = ByteBuffer.allocate(68).put(new byte[] {0x74, 0x75, 0x66, 0x01});
        return signed.put(MessageDigest.getInstance("SHA-512").digest(message)).array();
    }

    private Signature pss() throws GeneralSecurityException {
        Signature signature = Signature.getInstance("RSASSA-PSS");
        signature.setParameter(
                new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, saltBytes, 1));
        return signature;
    }
}
