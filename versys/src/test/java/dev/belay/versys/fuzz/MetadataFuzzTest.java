package dev.belay.versys.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.belay.versys.metadata.CanonicalJson;
import dev.belay.versys.metadata.Delegations;
import dev.belay.versys.metadata.JsonParser;
import dev.belay.versys.metadata.MetadataException;
import dev.belay.versys.metadata.RoleMetadata;
import dev.belay.versys.metadata.RootMetadata;
import dev.belay.versys.metadata.SignedFile;
import dev.belay.versys.metadata.Signer;
import dev.belay.versys.metadata.TargetsMetadata;
import dev.belay.versys.simulator.IndependentCanonicalForm;
import dev.belay.versys.simulator.ReleaseRepositorySimulator;
import dev.belay.versys.trust.Freshness;
import dev.belay.versys.trust.TrustedMetadata;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Metadata files as a fuzzer makes them; see docs/development.md, "Fuzzing".
class MetadataFuzzTest {
    private static final List<Function<byte[], SignedFile<? extends RoleMetadata>>> READERS =
            List.of(
                    SignedFile::root,
                    SignedFile::timestamp,
                    SignedFile::snapshot,
                    SignedFile::targets);

    /// Each reader refuses with a [MetadataException], or what it read can be used: what is signed
    /// is the independent canonical form, a file written anew says the same, limits hold, and
    /// whatever keys and signatures it brings, checking them says yes or no.
    @FuzzTest
    void anyMetadata(byte[] bytes) {
        for (Function<byte[], SignedFile<? extends RoleMetadata>> reader : READERS) {
            SignedFile<? extends RoleMetadata> file;
            try {
                file = reader.apply(bytes);
            } catch (MetadataException e) {
                continue;
            }
            checkReading(bytes, file, reader);
            switch (file.signed()) {
                case RootMetadata root -> checkRoot(bytes, file, root);
                case TargetsMetadata targets -> checkTargets(file, targets);
                default -> {}
            }
        }
    }

    private static void checkReading(
            byte[] bytes,
            SignedFile<? extends RoleMetadata> file,
            Function<byte[], SignedFile<? extends RoleMetadata>> reader) {
        assertThat(file.bytes()).isEqualTo(bytes);
        assertThat(file.signed().version()).isPositive();
        assertThat(file.payload())
                .isEqualTo(IndependentCanonicalForm.of(Plain.of(file.signedObject())));
        SignedFile<? extends RoleMetadata> again =
                reader.apply(CanonicalJson.encodeAsJson(JsonParser.parseObject(bytes)));
        assertThat(again.signed()).isEqualTo(file.signed());
        assertThat(again.payload()).isEqualTo(file.payload());
        assertThat(again.signatures()).isEqualTo(file.signatures());
    }

    private static void checkRoot(
            byte[] bytes, SignedFile<? extends RoleMetadata> file, RootMetadata root) {
        boolean selfSigned =
                RootMetadata.TOP_LEVEL.stream()
                        .allMatch(role -> {
                            Signer signer = root.signerOf(role);
                            checkSigner(signer, file);
                            return !role.equals("root") || isSigned(signer, file);
                        });
        boolean trusted;
        try {
            TrustedMetadata.startingFrom(bytes, Freshness.at(ReleaseRepositorySimulator.NOW));
            trusted = true;
        } catch (MetadataException e) {
            trusted = false;
        }
        assertThat(trusted).isEqualTo(selfSigned);
    }

    private static boolean isSigned(Signer signer, SignedFile<?> file) {
        try {
            signer.verify("root", file);
            return true;
        } catch (MetadataException e) {
            return false;
        }
    }

    private static void checkSigner(Signer signer, SignedFile<?> file) {
        assertThat(signer.role().threshold()).isPositive();
        assertThat(signer.goodSignatures(file)).hasSizeLessThanOrEqualTo(file.signatures().size());
        signer.keys()
                .values()
                .forEach(key -> {
                    assertThat(HexFormat.of().parseHex(key.computedId())).hasSize(32);
                    assertThat(key.verifies(new byte[0], new byte[64])).isFalse();
                });
    }

    private static void checkTargets(
            SignedFile<? extends RoleMetadata> file, TargetsMetadata targets) {
        targets.targets()
                .values()
                .forEach(target -> {
                    assertThat(target.length()).isNotNegative();
                    assertThat(target.digests()).isNotEmpty();
                });
        if (targets.delegations().isEmpty()) {
            return;
        }
        Delegations delegations = targets.delegations().get();
        for (String path :
                List.of("", "a", "shop/releases/1.0/shop-1.0-any.tgz", "a//b/../\u00e9")) {
            for (Delegations.Step step : delegations.stepsFor(path)) {
                assertThat(RootMetadata.TOP_LEVEL).doesNotContain(step.role());
                Optional<Signer> signer = delegations.signerOf("targets", step.role());
                checkSigner(signer.orElseThrow(), file);
            }
        }
    }
}
