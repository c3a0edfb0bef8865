package dev.belay.supervisor.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.supervisor.deployment.Home;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The program that the demo uses to click through an update.
@Tag("slow")
class PageDriverTest {
    @TempDir Path state;
    @TempDir Path screenshots;

    @BeforeEach
    void needsABrowser() {
        Chromium.launchOrSkip().close();
    }

    @Test
    void walksThroughAnUpdate() throws IOException {
        Home home = new Home(state);
        SimulatedHost host = new SimulatedHost(home);
        host.offer(SimulatedHost.twoHops());
        try (Agent _ = TestAgents.start(home, host)) {
            assertThat(PageDriver.drive(OpenLink.create(home), screenshots)).isZero();
            assertThat(screenshots.toFile().list()).hasSize(5).contains("5-result.png");
        }
        assertThat(host.status().installed()).hasToString("11.0.24");
    }

    @Test
    void saysSoWhenTheUpdateFails() throws IOException {
        Home home = new Home(state);
        SimulatedHost host = new SimulatedHost(home);
        host.offer(SimulatedHost.twoHops());
        host.failAt("11.0.24");
        try (Agent _ = TestAgents.start(home, host)) {
            assertThat(PageDriver.drive(OpenLink.create(home), screenshots)).isEqualTo(1);
        }
    }
}
