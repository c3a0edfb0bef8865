package dev.belay.versys.repository;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.packaging.digest.Digest;
import dev.belay.versys.fuzz.Plain;
import dev.belay.versys.simulator.IndependentCanonicalForm;
import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The metadata that vendor and server make, as somebody sees it who shares no code with us: read
/// by Jackson, put into the canonical form by the tests' own writer, verified by the JDK.
class CanonicalMetadataTest {
    /// What stands before the 32 bytes of an Ed25519 key in its X.509 form (RFC 8410).
    private static final String ED25519 = "302a300506032b6570032100";

    private static final JsonMapper JACKSON = new JsonMapper();
    @TempDir Path directory;

    @Test
    void everyFileIsCanonicalByteForByteAndVerifiesOverTheCanonicalForm() throws Exception {
        Path repository = directory.resolve("repository");
        RepositoryWriter writer = FileRepositoryWriter.open(repository, () -> TestVendor.day(0));
        TestVendor vendor = new TestVendor(writer.onlineKey());
        writer.initialise(vendor.firstMetadata());
        byte[] bundle = "bundle".getBytes(UTF_8);
        vendor.addRelease("1.0.0", bundle);
        writer.stage(Digest.sha256(bundle), new ByteArrayInputStream(bundle), 1000);
        writer.commit("shop", Map.of("shop-releases", vendor.releases(2, vendor.releasesKey)));

        List<Path> files;
        try (Stream<Path> listed = Files.list(repository.resolve("metadata"))) {
            files = listed.filter(file -> file.toString().endsWith(".json")).toList();
        }
        assertThat(files).hasSizeGreaterThanOrEqualTo(8);
        JsonNode root = JACKSON.readTree(repository.resolve("metadata/1.root.json").toFile());
        JsonNode targets = JACKSON.readTree(repository.resolve("metadata/1.targets.json").toFile());
        for (Path file : files) {
            byte[] bytes = Files.readAllBytes(file);
            JsonNode node = JACKSON.readTree(bytes);
            assertThat(bytes)
                    .as("%s", file)
                    .isEqualTo(IndependentCanonicalForm.json(Plain.of(node)));
            byte[] signed = IndependentCanonicalForm.of(Plain.of(node.get("signed")));
            assertThat(node.get("signatures")).as("%s", file).isNotEmpty();
            for (JsonNode signature : node.get("signatures")) {
                JsonNode key = key(signature.get("keyid").stringValue(), root, targets);
                assertThat(Digest.sha256(IndependentCanonicalForm.of(Plain.of(key))).hex())
                        .isEqualTo(signature.get("keyid").stringValue());
                assertThat(verifies(key, signed, signature.get("sig").stringValue()))
                        .as("%s", file)
                        .isTrue();
            }
        }
    }

    private static JsonNode key(String id, JsonNode root, JsonNode targets) {
        JsonNode ofRoot = root.get("signed").get("keys").get(id);
        return ofRoot != null
                ? ofRoot
                : targets.get("signed").get("delegations").get("keys").get(id);
    }

    private static boolean verifies(JsonNode key, byte[] message, String hex) throws Exception {
        String point = key.get("keyval").get("public").stringValue();
        Signature verifier = Signature.getInstance("Ed25519");
        verifier.initVerify(
                KeyFactory.getInstance("Ed25519")
                        .generatePublic(
                                new X509EncodedKeySpec(HexFormat.of().parseHex(ED25519 + point))));
        verifier.update(message);
        return verifier.verify(HexFormat.of().parseHex(hex));
    }
}
