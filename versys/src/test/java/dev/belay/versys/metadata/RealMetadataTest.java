package dev.belay.versys.metadata;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.belay.versys.fuzz.Plain;
import dev.belay.versys.simulator.IndependentCanonicalForm;
import dev.belay.versys.trust.Freshness;
import dev.belay.versys.trust.TrustedMetadata;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Roots that other tools made and other people signed; where they come from:
/// src/test/resources/real-metadata/README.md.
class RealMetadataTest {
    private static final Path DIRECTORY = Path.of("src/test/resources/real-metadata");

    private static byte[] file(String name) throws IOException {
        return Files.readAllBytes(DIRECTORY.resolve(name));
    }

    @Test
    void aRootWithEcdsaKeysUnknownMembersAndSpareSignaturesVerifies() throws Exception {
        byte[] bytes = file("sigstore-10.root.json");
        SignedFile<RootMetadata> root = SignedFile.root(bytes);
        assertThat(root.signed().version()).isEqualTo(10);
        assertThat(root.signed().signerOf("root").goodSignatures(root)).hasSize(4);
        assertThat(root.payload())
                .isEqualTo(IndependentCanonicalForm.of(Plain.of(root.signedObject())));
        assertThat(root.signed().keys().values())
                .allMatch(key -> key.source().members().containsKey("keyid_hash_algorithms"));
        assertThat(TrustedMetadata.startingFrom(bytes, Freshness.NOT_ASKED).root().version())
                .isEqualTo(10);
    }

    @Test
    void itsDayOfExpiryCounts() throws Exception {
        byte[] bytes = file("sigstore-10.root.json");
        Instant last = Instant.parse("2025-02-19T08:04:32Z");
        TrustedMetadata.startingFrom(bytes, Freshness.at(last.minusSeconds(1)))
                .recall(Optional.empty(), Optional.empty());
        assertThatThrownBy(() ->
                        TrustedMetadata.startingFrom(bytes, Freshness.at(last))
                                .recall(Optional.empty(), Optional.empty()))
                .isInstanceOf(MetadataException.class)
                .hasMessageContaining("root metadata expired 2025-02-19T08:04:32Z");
    }

    @Test
    void oneCharacterMoreAndItVerifiesNoLonger() throws Exception {
        String text = new String(file("sigstore-10.root.json"), UTF_8);
        byte[] longer = text.replace("2025-02-19", "2035-02-19").getBytes(UTF_8);
        assertThatThrownBy(() -> TrustedMetadata.startingFrom(longer, Freshness.NOT_ASKED))
                .isInstanceOf(MetadataException.class)
                .hasMessageContaining("0 of the 3");
    }

    @Test
    void aRootWithALongRsaKeyVerifies() throws Exception {
        RootMetadata root =
                TrustedMetadata.startingFrom(file("python-tuf-1.root.json"), Freshness.NOT_ASKED)
                        .root();
        assertThat(root.consistentSnapshot()).isFalse();
        assertThat(root.keys()).hasSize(4);
    }

    /// TUF 1.0 wants PEM there. Key ids of a key in the two forms would differ, and so might what
    /// counts as one key.
    @Test
    void ecdsaKeysThatAreBarePointsParseAndVerifyNothing() throws Exception {
        byte[] bytes = file("sigstore-3.root.json");
        SignedFile<RootMetadata> root = SignedFile.root(bytes);
        assertThat(root.signed().version()).isEqualTo(3);
        assertThat(root.payload())
                .isEqualTo(IndependentCanonicalForm.of(Plain.of(root.signedObject())));
        assertThatThrownBy(() -> TrustedMetadata.startingFrom(bytes, Freshness.NOT_ASKED))
                .isInstanceOf(MetadataException.class)
                .hasMessageContaining("0 of the 3");
    }
}
