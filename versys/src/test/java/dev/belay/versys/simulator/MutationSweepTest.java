package dev.belay.versys.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// A sample; all of it runs in `scripts/bench.sh trust`.
class MutationSweepTest {
    @Test
    void noMutantOfMetadataOrBundleIsAccepted() throws Exception {
        MutationSweep.Counts counts = new MutationSweep(41, 40_000).run();
        assertThat(counts.mutants()).isGreaterThan(3000);
        assertThat(counts.accepted()).as("%s", counts.examples()).isZero();
        assertThat(counts.equivalent()).isLessThan(counts.mutants() / 10);
    }
}
