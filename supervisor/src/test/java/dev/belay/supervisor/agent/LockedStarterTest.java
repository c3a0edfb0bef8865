package dev.belay.supervisor.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.belay.packaging.failure.BelayException;
import dev.belay.supervisor.deployment.HomeLock;
import dev.belay.supervisor.deployment.HomeLockedException;
import dev.belay.supervisor.testing.ShopHost;
import dev.belay.supervisor.testing.ShopTest;
import java.nio.file.Files;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LockedStarterTest extends ShopTest {
    private LockedStarter starter;

    @BeforeEach
    void anInstalledShop() throws Exception {
        starter = new LockedStarter(host.parts(() -> false));
    }

    @Test
    void startsWhatWasNeverStartedButNotWhatAPersonStopped() {
        assertThat(starter.stoppedOnPurpose()).isFalse();
        starter.start();
        assertThat(host.product().status().running()).isTrue();
        String running = host.product().status().words();
        starter.start();
        assertThat(host.product().status().words()).isEqualTo(running);

        host.product().stop();
        assertThat(starter.stoppedOnPurpose()).isTrue();
        starter.start(); // it was stopped after the agent had seen it down
        assertThat(host.product().status().running()).isFalse();
    }

    @Test
    void asksARunningProductHowItIs() throws Exception {
        Files.writeString(
                host.home().settings(),
                Files.readString(host.home().settings()) + "health: {within: 2s}\n");
        host.start();
        starter = new LockedStarter(host.parts(() -> false));
        assertThat(starter.ill()).isEmpty();
        Files.writeString(host.home().config().resolve("conf/shop.properties"), "port=1\n");
        assertThat(starter.ill().orElseThrow()).contains("did not become healthy within 2 s");
        host.stop();
        assertThat(starter.ill()).isEmpty();
    }

    @Test
    void keepsItsHandsOffAHomeThatSomebodyWorksOn() {
        try (HomeLock _ = HomeLock.take(host.home(), "another")) {
            assertThatThrownBy(starter::start).isInstanceOf(HomeLockedException.class);
        }
        assertThat(host.product().status().running()).isFalse();
    }

    @Test
    void anEmptyHomeHasNothingToStart() throws Exception {
        ShopHost empty = new ShopHost(directory.resolve("empty"), directory.resolve("repository"));
        empty.home().create();
        java.nio.file.Files.copy(host.home().settings(), empty.home().settings());
        LockedStarter onEmpty = new LockedStarter(empty.parts(() -> false));
        assertThat(onEmpty.stoppedOnPurpose()).isFalse();
        assertThatThrownBy(onEmpty::start)
                .isInstanceOf(BelayException.class)
                .hasMessageContaining("Nothing is installed");
    }
}
