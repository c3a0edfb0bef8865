package dev.belay.versys.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RolloutsTest {
    /// 30 % from one origin only.
    @Test
    void aRolloutMayBeOfOneMoveAlone() {
        Doc doc = Doc.semver("1.0.0", "1.1.0", "2.0.0");
        doc.set("1.0.0", "to", "2.x");
        doc.add(
                "rollouts",
                "target",
                "2.0.0",
                "origins",
                java.util.List.of("1.0.0"),
                "rollout",
                Doc.map("from", 0.3));

        PlanResult eager = doc.plan("1.0.0", request -> request.wariness(0.3));
        assertThat(Doc.path(eager)).containsExactly("2.0.0");
        PlanResult wary = doc.plan("1.0.0", request -> request.wariness(0.31));
        assertThat(wary.outcome()).isEqualTo("waiting-for-rollout");
        assertThat(wary.reasons().getFirst().message())
                .startsWith("2.0.0 from 1.0.0 is open to 30.0 % of the hosts");
        assertThat(Doc.kinds(wary)).containsExactly("rollout");
        assertThat(Doc.path(doc.plan("1.1.0", request -> request.wariness(1))))
                .containsExactly("2.0.0");
    }

    @Test
    void nobodyNeedBeFirstBeforeTheStart() {
        Doc doc = Doc.semver("1.0.0");
        doc.release(
                "2.0.0",
                "rollout",
                Doc.map(
                        "start",
                        Doc.NOW.plus(Duration.ofHours(1)).toString(),
                        "duration",
                        "10h",
                        "from",
                        0.2,
                        "before",
                        0));

        PlanResult result = doc.plan("1.0.0", request -> request.wariness(0.1));
        assertThat(result.outcome()).isEqualTo("waiting-for-rollout");
        assertThat(result.reasons().getFirst().until()).contains(Doc.NOW.plus(Duration.ofHours(1)));
        assertThat(Doc.path(doc.plan("1.0.0", request -> request.wariness(0))))
                .as("who does not wait for rollouts does not wait for their start")
                .containsExactly("2.0.0");
    }
}
