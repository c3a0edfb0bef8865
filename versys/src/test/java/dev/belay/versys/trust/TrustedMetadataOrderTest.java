package dev.belay.versys.trust;

import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.belay.versys.metadata.MetadataException;
import dev.belay.versys.simulator.ReleaseRepositorySimulator;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Nothing of the workflow can be left out or done in another order, as with the reference client.
class TrustedMetadataOrderTest {
    private final ReleaseRepositorySimulator repository = new ReleaseRepositorySimulator();
    private final byte[] timestamp = repository.file("timestamp.json");
    private final byte[] snapshot = repository.file("1.snapshot.json");
    private final byte[] targets = repository.file("1.targets.json");
    private final TrustedMetadata trusted = startingAt(Duration.ZERO);

    private TrustedMetadata startingAt(Duration later) {
        return TrustedMetadata.startingFrom(
                repository.firstRoot(), Freshness.at(ReleaseRepositorySimulator.NOW.plus(later)));
    }

    private void recall() {
        trusted.recall(Optional.empty(), Optional.empty());
    }

    @Test
    void nothingComesBeforeWhatItStandsOn() {
        assertThatIllegalStateException().isThrownBy(() -> trusted.updateTimestamp(timestamp));
        assertThatIllegalStateException().isThrownBy(() -> trusted.updateSnapshot(snapshot));
        recall();
        assertThatIllegalStateException().isThrownBy(() -> trusted.updateSnapshot(snapshot));
        trusted.updateTimestamp(timestamp);
        assertThatIllegalStateException()
                .isThrownBy(() -> trusted.updateTargets("targets", "root", targets));
        trusted.updateSnapshot(snapshot);
        assertThatIllegalStateException()
                .isThrownBy(() -> trusted.updateTargets("targets", "other", targets));
        trusted.updateTargets("targets", "root", targets);
    }

    @Test
    void whatOthersStandOnIsNotReplaced() {
        repository.publishRoot();
        byte[] root = repository.file("2.root.json");
        recall();
        assertThatIllegalStateException().isThrownBy(() -> trusted.updateRoot(root));
        assertThatIllegalStateException().isThrownBy(this::recall);
        trusted.updateTimestamp(timestamp);
        trusted.updateSnapshot(snapshot);
        assertThatIllegalStateException().isThrownBy(() -> trusted.updateTimestamp(timestamp));
        assertThatIllegalStateException().isThrownBy(() -> trusted.updateSnapshot(snapshot));
    }

    /// A kept timestamp may be expired: it only says what must not go back.
    @Test
    void aKeptTimestampIsNoTimestampYet() {
        trusted.recall(Optional.of(timestamp), Optional.of(snapshot));
        assertThatIllegalStateException().isThrownBy(() -> trusted.updateSnapshot(snapshot));
        assertThatIllegalStateException().isThrownBy(trusted::timestamp);
    }

    @Test
    void theExpiryOfTheLastRootCannotBeForgotten() {
        TrustedMetadata late = startingAt(Duration.ofDays(31));
        assertThatThrownBy(() -> late.recall(Optional.empty(), Optional.empty()))
                .isInstanceOf(MetadataException.class)
                .hasMessageContaining("root metadata expired");
        assertThatIllegalStateException().isThrownBy(() -> late.updateTimestamp(timestamp));
    }
}
