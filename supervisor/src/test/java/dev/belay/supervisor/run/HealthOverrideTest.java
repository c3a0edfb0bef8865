package dev.belay.supervisor.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.supervisor.offer.UpdateRequest;
import dev.belay.supervisor.status.EventListener;
import dev.belay.supervisor.testing.ShopHost;
import dev.belay.supervisor.testing.ShopVendor;
import dev.belay.versys.version.Version;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A vendor was wrong about what a healthy product answers.
class HealthOverrideTest {
    @TempDir Path directory;
    private ShopHost host;

    @AfterEach
    void nothingIsLeftRunning() {
        host.stop();
    }

    @Test
    void aReleaseThatAnswersOtherwiseThanDeclaredIsTakenOnceTheAdminSaysSo() throws Exception {
        ShopVendor vendor = new ShopVendor(directory.resolve("repository"));
        vendor.release("1.0.0", "none", "ok");
        host = new ShopHost(directory.resolve("home"), directory.resolve("repository"));
        host.install("1.0.0");
        host.start();
        host.visit(2);
        vendor.release("2.0.0", "1.0.0", "redirects");
        say("health: {within: 4s}\n");
        Outcome refused = host.updates().update(UpdateRequest.latest(), EventListener.NONE);
        assertThat(refused.kind()).isEqualTo("health-refused");
        assertThat(refused.message()).contains("answered status 302 instead of 200");
        say("health: {expect: {status: [200, 302], json: {version: \"{version}\"}}}\n");
        UpdateRequest again = new UpdateRequest(Optional.empty(), Set.of(Version.of("2.0.0")));
        assertThat(host.updates().update(again, EventListener.NONE))
                .isInstanceOf(Outcome.Updated.class);
        assertThat(host.rows()).contains("2 somebody");
    }

    private void say(String health) throws Exception {
        Path settings = host.home().settings();
        String others = Files.readString(settings).replaceAll("(?m)^health:.*\n", "");
        Files.writeString(settings, others + health);
    }
}
