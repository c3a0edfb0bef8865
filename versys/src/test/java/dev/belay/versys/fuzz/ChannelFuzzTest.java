package dev.belay.versys.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.belay.versys.graph.Channel;
import dev.belay.versys.graph.InvalidChannelException;
import dev.belay.versys.graph.Release;
import dev.belay.versys.plan.ChannelLint;
import dev.belay.versys.plan.PlanRequest;
import dev.belay.versys.plan.PlanResult;
import dev.belay.versys.plan.UpgradePlanner;
import dev.belay.versys.simulator.ReleaseRepositorySimulator;
import java.util.List;

/// Channel documents as a fuzzer makes them; see docs/development.md, "Fuzzing".
class ChannelFuzzTest {
    private static final int MOST_RELEASES = 40;

    /// Refused with an [InvalidChannelException]; or the written form reads back equal and is
    /// written the same again, the planner answers for every release, twice the same and equally on
    /// both documents, and the lint has an opinion.
    @FuzzTest
    void anyChannel(byte[] json) {
        Channel channel;
        try {
            channel = Channel.parse(json);
        } catch (InvalidChannelException e) {
            assertThat(e.kind()).isEqualTo("channel-invalid");
            return;
        }
        byte[] written = channel.toJson();
        Channel again = Channel.parse(written);
        assertThat(again).isEqualTo(channel);
        assertThat(again.toJson()).isEqualTo(written);
        if (channel.releases().size() <= MOST_RELEASES) {
            plan(channel, again);
            assertThat(ChannelLint.check(channel)).isEqualTo(ChannelLint.check(again));
        }
    }

    private static void plan(Channel channel, Channel again) {
        UpgradePlanner planner = new UpgradePlanner(channel);
        UpgradePlanner other = new UpgradePlanner(again);
        List<Release> releases = channel.releases();
        for (Release release : releases) {
            PlanRequest request =
                    PlanRequest.builder(release.version(), ReleaseRepositorySimulator.NOW).build();
            PlanResult result = planner.plan(request);
            assertThat(planner.plan(request)).isEqualTo(result);
            assertThat(other.plan(request)).isEqualTo(result);
        }
    }
}
