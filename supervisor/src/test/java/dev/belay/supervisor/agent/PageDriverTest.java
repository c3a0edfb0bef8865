package dev.belay.supervisor.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The program that the demo uses to click through an update.
class PageDriverTest {
    @TempDir Path state;
    @TempDir Path screenshots;

    @BeforeEach
    void needsABrowser() {
        Chromium.launchOrSkip().close();
    }

    @Test
    void walksThroughAnUpdate() throws IOException {
        SimulatedHost host = new SimulatedHost(state);
        host.offer(SimulatedHost.twoHops());
        try (Agent _ = TestAgents.start(state, host)) {
            assertThat(PageDriver.drive(OpenLink.create(state), screenshots)).isZero();
            assertThat(screenshots.toFile().list()).hasSize(5).contains("5-result.png");
        }
        assertThat(host.status().installed()).isEqualTo("11.0.24");
    }

    @Test
    void saysSoWhenTheUpdateFails() throws IOException {
        SimulatedHost host = new SimulatedHost(state);
        host.offer(SimulatedHost.twoHops());
        host.failAt("11.0.24");
        try (Agent _ = TestAgents.start(state, host)) {
            assertThat(PageDriver.drive(OpenLink.create(state), screenshots)).isEqualTo(1);
        }
    }
}
