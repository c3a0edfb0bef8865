package dev.belay.versys.metadata;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.versys.simulator.IndependentCanonicalForm;
import dev.belay.versys.simulator.SimulatedKey;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.junit.jupiter.api.Test;

/// Signatures of the JDK, checked by the code under test.
class TufKeyTest {
    private static final byte[] MESSAGE = "message".getBytes(UTF_8);

    private static TufKey key(SimulatedKey key) {
        return TufKey.parse(JsonParser.parseObject(IndependentCanonicalForm.json(key.object())));
    }

    private static TufKey ed25519(String hex) {
        return TufKey.ed25519(hex);
    }

    @Test
    void verifiesEveryKeyTypeAndNoOtherMessage() {
        for (SimulatedKey key :
                List.of(
                        SimulatedKey.ed25519(),
                        SimulatedKey.ecdsa(),
                        SimulatedKey.rsa(2048, 32),
                        SimulatedKey.rsa(2048, 222),
                        SimulatedKey.rsa(3072, 0),
                        SimulatedKey.rsa(2049, 20),
                        SimulatedKey.mlDsa("44"),
                        SimulatedKey.mlDsa("65"),
                        SimulatedKey.mlDsa("87"))) {
            byte[] signature = key.sign(MESSAGE);
            assertThat(key(key).verifies(MESSAGE, signature)).isTrue();
            assertThat(key(key).verifies("other".getBytes(UTF_8), signature)).isFalse();
            assertThat(key(key).computedId()).isEqualTo(key.id());
        }
    }

    @Test
    void t16RefusesEverySignatureWithOneBitFlipped() {
        for (SimulatedKey key :
                List.of(SimulatedKey.ed25519(), SimulatedKey.ecdsa(), SimulatedKey.rsa(2048, 32))) {
            TufKey tufKey = key(key);
            byte[] signature = key.sign(MESSAGE);
            for (int bit = 0; bit < signature.length * 8; bit++) {
                byte[] flipped = signature.clone();
                flipped[bit / 8] ^= (byte) (1 << (bit % 8));
                assertThat(tufKey.verifies(MESSAGE, flipped)).as("bit %s", bit).isFalse();
            }
            assertThat(tufKey.verifies(MESSAGE, new byte[0])).isFalse();
            assertThat(tufKey.verifies(MESSAGE, Arrays.copyOf(signature, signature.length + 1)))
                    .isFalse();
        }
    }

    @Test
    void t16RefusesEcdsaZeroAndOtherCurves() {
        TufKey key = key(SimulatedKey.ecdsa());
        assertThat(key.verifies(MESSAGE, HexFormat.of().parseHex("3006020100020100"))).isFalse();
        assertThat(key.verifies(MESSAGE, HexFormat.of().parseHex("3006020101020100"))).isFalse();
        assertThat(key.verifies(MESSAGE, new byte[64])).isFalse();
        SimulatedKey p384 = SimulatedKey.ecdsa("secp384r1");
        assertThat(key(p384).verifies(MESSAGE, p384.sign(MESSAGE))).isFalse();
    }

    @Test
    void t16RefusesMalleatedEd25519() {
        SimulatedKey key = SimulatedKey.ed25519();
        byte[] signature = key.sign(MESSAGE);
        byte[] order =
                new BigInteger(
                                "7237005577332262213973186563042994240857116359379907606001950938285454250989")
                        .toByteArray();
        byte[] s = Arrays.copyOfRange(signature, 32, 64);
        reverse(s);
        byte[] plusOrder = new BigInteger(1, s).add(new BigInteger(1, order)).toByteArray();
        reverse(plusOrder);
        byte[] malleated = Arrays.copyOf(signature, 64);
        System.arraycopy(Arrays.copyOf(plusOrder, 32), 0, malleated, 32, 32);
        assertThat(key(key).verifies(MESSAGE, malleated)).isFalse();
    }

    private static void reverse(byte[] bytes) {
        for (int i = 0; i < bytes.length / 2; i++) {
            byte swapped = bytes[i];
            bytes[i] = bytes[bytes.length - 1 - i];
            bytes[bytes.length - 1 - i] = swapped;
        }
    }

    /// The points of small order, in their canonical and other encodings.
    @Test
    void t16RefusesEd25519KeysOfSmallOrder() {
        for (String hex :
                List.of(
                        "0100000000000000000000000000000000000000000000000000000000000000",
                        "0100000000000000000000000000000000000000000000000000000000000080",
                        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                        "0000000000000000000000000000000000000000000000000000000000000000",
                        "0000000000000000000000000000000000000000000000000000000000000080",
                        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
                        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
                        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
                        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
                        "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                        "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f")) {
            byte[] identity = new byte[64];
            identity[0] = 1;
            assertThat(ed25519(hex).verifies(MESSAGE, identity)).as(hex).isFalse();
            assertThat(ed25519(hex).verifies(MESSAGE, new byte[64])).as(hex).isFalse();
        }
    }

    @Test
    void t09AKeyIsTheSameHoweverItIsWritten() {
        for (SimulatedKey key : List.of(SimulatedKey.ecdsa(), SimulatedKey.rsa(2048, 32))) {
            String pem = key(key).publicValue();
            String identity = key(key).identity();
            byte[] signature = key.sign(MESSAGE);
            for (String text :
                    List.of(pem.replace("\n", "\r\n"), pem.strip(), pem + " \n\n", "\n" + pem)) {
                key.object().put("keyval", Map.of("public", text));
                assertThat(key(key).verifies(MESSAGE, signature)).isTrue();
                assertThat(key(key).identity()).isEqualTo(identity);
            }
        }
        SimulatedKey key = SimulatedKey.ed25519();
        TufKey upper = ed25519(key(key).publicValue().toUpperCase(Locale.ROOT));
        assertThat(upper.verifies(MESSAGE, key.sign(MESSAGE))).isTrue();
        assertThat(upper.identity()).isEqualTo(key(key).identity());
    }

    @Test
    void keysThatCannotBeUsedVerifyNothing() {
        SimulatedKey weak = SimulatedKey.rsa(1024, 32);
        assertThat(key(weak).verifies(MESSAGE, weak.sign(MESSAGE))).isFalse();
        SimulatedKey other = SimulatedKey.mlDsa("44");
        byte[] signature = other.sign(MESSAGE);
        other.object().put("scheme", "ml-dsa-65/1");
        assertThat(key(other).verifies(MESSAGE, signature)).isFalse();
        SimulatedKey renamed = SimulatedKey.ed25519();
        renamed.object().put("scheme", "ed25519-of-tomorrow");
        assertThat(key(renamed).verifies(MESSAGE, renamed.sign(MESSAGE))).isFalse();
        for (String value :
                List.of("", "zz", "00", "-----BEGIN PUBLIC KEY-----", "x".repeat(100_000))) {
            for (String type : List.of("ed25519", "ecdsa", "rsa")) {
                SimulatedKey broken = SimulatedKey.ed25519();
                broken.object().put("keytype", type);
                broken.object()
                        .put(
                                "scheme",
                                Map.of(
                                                "ed25519",
                                                "ed25519",
                                                "ecdsa",
                                                "ecdsa-sha2-nistp256",
                                                "rsa",
                                                "rsassa-pss-sha256")
                                        .get(type));
                broken.object().put("keyval", Map.of("public", value));
                assertThat(key(broken).verifies(MESSAGE, new byte[64])).isFalse();
            }
        }
    }

    @Test
    void ourOwnSignaturesAreTheOnesOfRfc8032() {
        SigningKey key =
                new SigningKey(
                        new Ed25519PrivateKeyParameters(
                                HexFormat.of()
                                        .parseHex(
                                                "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7")));
        assertThat(key.publicKey().publicValue())
                .isEqualTo("fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025");
        assertThat(key.sign(HexFormat.of().parseHex("af82")))
                .isEqualTo(
                        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac"
                                + "18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a");
        assertThat(key.toString()).doesNotContain("c5aa8df4");
    }
}
