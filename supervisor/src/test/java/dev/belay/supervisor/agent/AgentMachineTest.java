package dev.belay.supervisor.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.belay.packaging.failure.RefusedException;
import dev.belay.supervisor.agent.AgentState.Holding;
import dev.belay.supervisor.agent.AgentState.NeedsAttention;
import dev.belay.supervisor.agent.AgentState.Restarting;
import dev.belay.supervisor.agent.AgentState.Updating;
import dev.belay.supervisor.agent.AgentState.Watching;
import dev.belay.supervisor.agent.AgentState.Yielding;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class AgentMachineTest {
    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
    private final List<String> heard = new ArrayList<>();
    private final AgentMachine machine =
            new AgentMachine(
                    CrashPolicy.DEFAULT,
                    new SplittableRandom(3),
                    state -> heard.add(state.name() + ": " + state.message()));

    @Test
    void fiveCrashesInARowHoldAndNoSixthStartFollows() {
        machine.recovered();
        for (int crash = 1; crash <= 4; crash++) {
            machine.productDown(NOW.plusSeconds(crash), "exited with status 1");
            assertThat(machine.state()).isInstanceOf(Restarting.class);
            machine.productUp();
            assertThat(machine.state()).isInstanceOf(Watching.class);
        }
        machine.productDown(NOW.plusSeconds(9), "exited with status 1");
        assertThat(machine.state())
                .isEqualTo(new Holding(5, NOW.plusSeconds(9), "exited with status 1"));
        machine.productDown(NOW.plusSeconds(10), "still down");
        assertThat(machine.state()).isInstanceOf(Holding.class);
        assertThat(heard).last().asString().contains("5 times in a row");
    }

    @Test
    void waitsBetweenStartsGrow() {
        machine.recovered();
        machine.productDown(NOW, "x");
        machine.productDown(NOW, "x");
        machine.productDown(NOW, "x");
        Restarting state = (Restarting) machine.state();
        assertThat(Duration.between(NOW, state.nextTry())).isBetween(s(2), s(4));
    }

    @Test
    void crashesOfLongAgoAreForgotten() {
        machine.recovered();
        for (int crash = 0; crash < 20; crash++) {
            machine.productDown(NOW.plus(Duration.ofMinutes(6L * crash)), "x");
            machine.productUp();
        }
        assertThat(((Watching) machine.state()).crashes()).hasSize(2);
    }

    @Test
    void aPersonWhoStartsTheProductEndsTheHold() {
        machine.recovered();
        for (int crash = 0; crash < 5; crash++) {
            machine.productDown(NOW, "x");
        }
        machine.productUp();
        assertThat(machine.state()).isEqualTo(new Watching(List.of()));
    }

    @Test
    void oneUpdateAtATime() {
        machine.recovered();
        machine.updateBegun("11.0.24", NOW);
        assertThatThrownBy(() -> machine.updateBegun("11.0.24", NOW))
                .isInstanceOfSatisfying(
                        RefusedException.class,
                        e -> assertThat(e.kind()).isEqualTo("update-running"));
        machine.homeTaken();
        machine.productDown(NOW, "stopped by the update");
        assertThat(machine.state()).isEqualTo(new Updating("11.0.24", NOW));
        machine.updateEnded();
        assertThat(machine.state()).isEqualTo(new Watching(List.of()));
    }

    @Test
    void aProductThatAnotherSupervisorStoppedIsNotStarted() {
        machine.recovered();
        machine.homeTaken();
        machine.productDown(NOW, "stopped");
        assertThat(machine.state()).isEqualTo(new Yielding());
        assertThatThrownBy(() -> machine.updateBegun("2", NOW))
                .isInstanceOf(RefusedException.class);
        machine.homeFree();
        assertThat(machine.state()).isInstanceOf(Watching.class);
    }

    @Test
    void whatAPersonMustLookAtStaysUntilItIsGone() {
        machine.needsAttention("the rollback failed");
        machine.recovered();
        machine.updateEnded();
        assertThat(machine.state()).isEqualTo(new NeedsAttention("the rollback failed"));
        machine.homeFree();
        assertThat(machine.state()).isInstanceOf(Watching.class);
    }

    private static Duration s(long seconds) {
        return Duration.ofSeconds(seconds);
    }
}
