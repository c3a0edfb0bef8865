package dev.belay.versys.metadata;

import java.util.HexFormat;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.signers.Ed25519Signer;

/// A private Ed25519 key with the key object under which metadata lists it.
///
/// Equality is identity of the public half; the private half never shows in `toString`.
public final class SigningKey {
    private final Ed25519PrivateKeyParameters secret;
    private final TufKey publicKey;

    /// @param secret the private half
    public SigningKey(Ed25519PrivateKeyParameters secret) {
        this(
                secret,
                TufKey.ed25519(HexFormat.of().formatHex(secret.generatePublicKey().getEncoded())));
    }

    private SigningKey(Ed25519PrivateKeyParameters secret, TufKey publicKey) {
        this.secret = secret;
        this.publicKey = publicKey;
    }

    /// The key id that we list it under.
    public String id() {
        return publicKey.computedId();
    }

    /// The public half as metadata lists it.
    public TufKey publicKey() {
        return publicKey;
    }

    /// The private half, to be kept in a key file.
    public Ed25519PrivateKeyParameters secret() {
        return secret;
    }

    /// A signature of 64 bytes in hex (RFC 8032).
    public String sign(byte[] message) {
        Ed25519Signer signer = new Ed25519Signer();
        signer.init(true, secret);
        signer.update(message, 0, message.length);
        return HexFormat.of().formatHex(signer.generateSignature());
    }

    @Override
    public String toString() {
        return "ed25519 key " + id();
    }
}
