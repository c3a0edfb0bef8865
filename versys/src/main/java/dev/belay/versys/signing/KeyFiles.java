package dev.belay.versys.signing;

import dev.belay.packaging.durable.DurableFiles;
import dev.belay.packaging.failure.BelayException;
import dev.belay.packaging.failure.RefusedException;
import dev.belay.versys.metadata.SigningKey;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Set;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.util.PrivateKeyFactory;
import org.bouncycastle.crypto.util.PrivateKeyInfoFactory;
import org.bouncycastle.crypto.util.ScryptConfig;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.pkcs.PKCS8EncryptedPrivateKeyInfo;
import org.bouncycastle.pkcs.PKCS8EncryptedPrivateKeyInfoBuilder;
import org.bouncycastle.pkcs.PKCSException;
import org.bouncycastle.pkcs.jcajce.JcePKCSPBEInputDecryptorProviderBuilder;
import org.bouncycastle.pkcs.jcajce.JcePKCSPBEOutputEncryptorBuilder;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemReader;
import org.bouncycastle.util.io.pem.PemWriter;
import org.jspecify.annotations.Nullable;

/// Ed25519 private keys as PEM files: PKCS#8, encrypted with AES-256 under a key that scrypt makes
/// from a passphrase. OpenSSL reads them. Files are private to their owner; others are refused.
final class KeyFiles {
    private static final String PLAIN = "PRIVATE KEY";
    private static final String ENCRYPTED = "ENCRYPTED PRIVATE KEY";

    /// OpenSSL 3.0 refuses more memory than N = 16384 takes.
    private static final ScryptConfig SCRYPT =
            new ScryptConfig.Builder(16384, 8, 1).withSaltLength(16).build();

    private static final Set<PosixFilePermission> OWNER_ONLY =
            Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

    private KeyFiles() {}

    static SigningKey generate() {
        return new SigningKey(new Ed25519PrivateKeyParameters(new SecureRandom()));
    }

    /// @param passphrase null to write the key unencrypted
    /// @throws RefusedException `key-exists`
    static void write(Path file, SigningKey key, char @Nullable [] passphrase) {
        if (Files.exists(file)) {
            throw new RefusedException(
                    "key-exists",
                    file + " exists already and was left as it is.",
                    "Choose another name or move the old key away.");
        }
        try {
            PrivateKeyInfo info = PrivateKeyInfoFactory.createPrivateKeyInfo(key.secret());
            PemObject pem =
                    passphrase == null
                            ? new PemObject(PLAIN, info.getEncoded())
                            : new PemObject(ENCRYPTED, encrypt(info, passphrase));
            StringWriter text = new StringWriter();
            try (PemWriter writer = new PemWriter(text)) {
                writer.writeObject(pem);
            }
            DurableFiles.write(
                    file,
                    text.toString().getBytes(StandardCharsets.US_ASCII),
                    DurableFiles.PRIVATE);
        } catch (IOException | OperatorCreationException e) {
            throw unreadable(file, "cannot be written: " + e.getMessage(), e);
        }
    }

    private static byte[] encrypt(PrivateKeyInfo info, char[] passphrase)
            throws OperatorCreationException, IOException {
        return new PKCS8EncryptedPrivateKeyInfoBuilder(info)
                .build(
                        new JcePKCSPBEOutputEncryptorBuilder(
                                        SCRYPT, NISTObjectIdentifiers.id_aes256_CBC)
                                .setProvider(new BouncyCastleProvider())
                                .build(passphrase))
                .getEncoded();
    }

    /// @param passphrases asked only if the file is encrypted
    /// @throws RefusedException `key-permissions`, `passphrase-wrong`
    static SigningKey read(Path file, PassphraseSource passphrases) {
        try {
            requireOwnerOnly(file);
            PemObject pem;
            try (PemReader reader = new PemReader(new StringReader(Files.readString(file)))) {
                pem = reader.readPemObject();
            }
            if (pem == null) {
                throw new IOException("it is no PEM file");
            }
            PrivateKeyInfo info =
                    switch (pem.getType()) {
                        case PLAIN -> PrivateKeyInfo.getInstance(pem.getContent());
                        case ENCRYPTED -> decrypt(file, pem.getContent(), passphrases);
                        default -> throw new IOException("it holds a " + pem.getType());
                    };
            if (PrivateKeyFactory.createKey(info) instanceof Ed25519PrivateKeyParameters secret) {
                return new SigningKey(secret);
            }
            throw new IOException("it is no Ed25519 key");
        } catch (IOException | IllegalArgumentException e) {
            throw unreadable(file, "cannot be read: " + e.getMessage(), e);
        }
    }

    private static PrivateKeyInfo decrypt(Path file, byte[] content, PassphraseSource passphrases)
            throws IOException {
        char[] passphrase = passphrases.passphraseFor(file);
        try {
            return new PKCS8EncryptedPrivateKeyInfo(content)
                    .decryptPrivateKeyInfo(
                            new JcePKCSPBEInputDecryptorProviderBuilder()
                                    .setProvider(new BouncyCastleProvider())
                                    .build(passphrase));
        } catch (PKCSException e) {
            throw new RefusedException(
                    "passphrase-wrong",
                    "The passphrase does not open " + file + ".",
                    "Nothing was signed. Try again with the right one.",
                    e);
        } finally {
            Arrays.fill(passphrase, '\0');
        }
    }

    private static void requireOwnerOnly(Path file) throws IOException {
        Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
        if (!OWNER_ONLY.containsAll(permissions)) {
            throw new RefusedException(
                    "key-permissions",
                    "Others may read or write the private key " + file + ".",
                    "Nothing was signed. If nobody else read it, run: chmod 600 " + file);
        }
    }

    private static BelayException unreadable(Path file, String what, Exception cause) {
        return new BelayException(
                "key-unreadable",
                "Key file " + file + " " + what + ".",
                "Check the path and the file. Nothing was signed.",
                cause);
    }
}
