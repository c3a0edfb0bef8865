package dev.belay.versys.metadata;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.versys.simulator.IndependentCanonicalForm;
import dev.belay.versys.simulator.SimulatedKey;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1Sequence;
import org.junit.jupiter.api.Test;

/// Row T16 of the catalogue of faults: a good signature spoilt in the ways that verifiers have been
/// caught accepting.
class SignatureVectorsTest {
    private static final byte[] MESSAGE = "message".getBytes(UTF_8);
    private static final BigInteger ORDER =
            new BigInteger("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551", 16);
    private final SimulatedKey ecdsa = SimulatedKey.ecdsa();

    private static TufKey key(Map<String, Object> object) {
        return TufKey.parse(JsonParser.parseObject(IndependentCanonicalForm.json(object)));
    }

    /// A DER integer, or what looks like one.
    private static byte[] integer(byte[] content) {
        return element(2, content);
    }

    private static byte[] element(int tag, byte[] content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(tag);
        out.write(content.length);
        out.writeBytes(content);
        return out.toByteArray();
    }

    private static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Arrays.stream(parts).forEach(out::writeBytes);
        return out.toByteArray();
    }

    private static byte[] pair(BigInteger r, BigInteger s) {
        return element(0x30, joined(integer(r.toByteArray()), integer(s.toByteArray())));
    }

    @Test
    void t16RefusesEcdsaNumbersOutOfTheirRange() {
        ASN1Sequence good = ASN1Sequence.getInstance(ecdsa.sign(MESSAGE));
        BigInteger r = ((ASN1Integer) good.getObjectAt(0)).getValue();
        BigInteger s = ((ASN1Integer) good.getObjectAt(1)).getValue();
        TufKey key = key(ecdsa.object());
        assertThat(key.verifies(MESSAGE, pair(r, s))).isTrue();
        List<BigInteger> edges =
                List.of(
                        BigInteger.ZERO,
                        BigInteger.ONE,
                        BigInteger.ONE.negate(),
                        ORDER.subtract(BigInteger.ONE),
                        ORDER,
                        ORDER.add(BigInteger.ONE),
                        BigInteger.TWO.pow(256),
                        BigInteger.TWO.pow(256).negate());
        for (BigInteger edge : edges) {
            assertThat(key.verifies(MESSAGE, pair(edge, s))).as("r = %s", edge).isFalse();
            assertThat(key.verifies(MESSAGE, pair(r, edge))).as("s = %s", edge).isFalse();
            for (BigInteger other : edges) {
                assertThat(key.verifies(MESSAGE, pair(edge, other))).isFalse();
            }
        }
        for (BigInteger shift : List.of(ORDER, ORDER.negate(), BigInteger.TWO.pow(256))) {
            assertThat(key.verifies(MESSAGE, pair(r.add(shift), s))).isFalse();
            assertThat(key.verifies(MESSAGE, pair(r, s.add(shift)))).isFalse();
        }
        assertThat(key.verifies(MESSAGE, pair(s, r))).isFalse();
        assertThat(key.verifies(MESSAGE, pair(r.negate(), s))).isFalse();
        assertThat(key.verifies(MESSAGE, pair(r, s.negate()))).isFalse();
    }

    @Test
    void t16RefusesEcdsaSignaturesThatAreNotDer() {
        ASN1Sequence good = ASN1Sequence.getInstance(ecdsa.sign(MESSAGE));
        byte[] r = ((ASN1Integer) good.getObjectAt(0)).getValue().toByteArray();
        byte[] s = ((ASN1Integer) good.getObjectAt(1)).getValue().toByteArray();
        byte[] body = joined(integer(r), integer(s));
        Map<String, byte[]> spoilt = new LinkedHashMap<>();
        spoilt.put("bytes after it", joined(element(0x30, body), new byte[] {0}));
        spoilt.put("a third number", element(0x30, joined(body, integer(new byte[] {1}))));
        spoilt.put("only one number", element(0x30, integer(r)));
        spoilt.put("no number", element(0x30, new byte[0]));
        spoilt.put(
                "a needless zero",
                element(0x30, joined(integer(joined(new byte[1], r)), integer(s))));
        spoilt.put("a set", element(0x31, body));
        spoilt.put("octets for a number", element(0x30, joined(element(4, r), integer(s))));
        spoilt.put("an empty number", element(0x30, joined(integer(new byte[0]), integer(s))));
        spoilt.put(
                "a long length", joined(new byte[] {0x30, (byte) 0x81, (byte) body.length}, body));
        spoilt.put(
                "an open length", joined(new byte[] {0x30, (byte) 0x80}, body, new byte[] {0, 0}));
        spoilt.put(
                "a huge length",
                joined(new byte[] {0x30, (byte) 0x84, 0x7f, (byte) 0xff, -1, -1}, body));
        spoilt.put("bare numbers", joined(fixed(r), fixed(s)));
        spoilt.put("nothing", new byte[0]);
        TufKey key = key(ecdsa.object());
        spoilt.forEach((what, signature) ->
                assertThat(key.verifies(MESSAGE, signature)).as(what).isFalse());
    }

    private static byte[] fixed(byte[] number) {
        byte[] result = new byte[32];
        int length = Math.min(32, number.length);
        System.arraycopy(number, number.length - length, result, 32 - length, length);
        return result;
    }

    @Test
    void t16RefusesKeysOfOneTypeUnderTheNameOfAnother() {
        SimulatedKey rsa = SimulatedKey.rsa(2048, 32);
        SimulatedKey edwards = SimulatedKey.ed25519();
        Map<String, String> schemes =
                Map.of(
                        "ed25519", "ed25519",
                        "ecdsa", "ecdsa-sha2-nistp256",
                        "rsa", "rsassa-pss-sha256");
        for (SimulatedKey real : List.of(ecdsa, rsa, edwards)) {
            schemes.forEach((type, scheme) -> {
                Map<String, Object> named = new LinkedHashMap<>(real.object());
                boolean its = named.get("keytype").equals(type);
                named.put("keytype", type);
                named.put("scheme", scheme);
                assertThat(key(named).verifies(MESSAGE, real.sign(MESSAGE)))
                        .as("%s as %s", real.object().get("keytype"), type)
                        .isEqualTo(its);
            });
        }
    }

    /// Points that are not on the curve, or are its neutral element.
    @Test
    void t16RefusesEcdsaKeysThatAreNoPointOfTheCurve() {
        String pem = (String) ((Map<?, ?>) ecdsa.object().get("keyval")).get("public");
        String base64 = pem.replaceAll("-----[A-Z ]+-----|\n", "");
        byte[] info = Base64.getDecoder().decode(base64);
        byte[] offCurve = info.clone();
        offCurve[offCurve.length - 1] ^= 1;
        byte[] zero = info.clone();
        Arrays.fill(zero, zero.length - 64, zero.length, (byte) 0);
        byte[] cut = Arrays.copyOf(info, info.length - 1);
        byte[] longer = Arrays.copyOf(info, info.length + 1);
        for (byte[] encoded : List.of(offCurve, zero, cut, longer)) {
            Map<String, Object> object = new LinkedHashMap<>(ecdsa.object());
            object.put(
                    "keyval",
                    Map.of(
                            "public",
                            "-----BEGIN PUBLIC KEY-----\n"
                                    + Base64.getMimeEncoder(64, new byte[] {'\n'})
                                            .encodeToString(encoded)
                                    + "\n-----END PUBLIC KEY-----\n"));
            assertThat(key(object).verifies(MESSAGE, ecdsa.sign(MESSAGE)))
                    .as(Base64.getEncoder().encodeToString(encoded))
                    .isFalse();
        }
    }

    @Test
    void t16RefusesRsaNumbersThatAreNotBelowTheModulus() {
        SimulatedKey rsa = SimulatedKey.rsa(2048, 32);
        TufKey key = key(rsa.object());
        byte[] signature = rsa.sign(MESSAGE);
        assertThat(key.verifies(MESSAGE, signature)).isTrue();
        for (byte[] spoilt :
                List.of(
                        new byte[256],
                        filled(256, 0xff),
                        joined(new byte[1], signature),
                        Arrays.copyOf(signature, 255),
                        Arrays.copyOfRange(signature, 1, 256),
                        one(256),
                        new byte[0])) {
            assertThat(key.verifies(MESSAGE, spoilt)).isFalse();
        }
    }

    private static byte[] filled(int length, int octet) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) octet);
        return bytes;
    }

    private static byte[] one(int length) {
        byte[] bytes = new byte[length];
        bytes[length - 1] = 1;
        return bytes;
    }
}
