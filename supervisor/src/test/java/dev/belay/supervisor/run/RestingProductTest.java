package dev.belay.supervisor.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.supervisor.offer.UpdateRequest;
import dev.belay.supervisor.service.ServiceStatus;
import dev.belay.supervisor.status.Event;
import dev.belay.supervisor.status.EventListener;
import dev.belay.supervisor.testing.Killed;
import dev.belay.supervisor.testing.ShopTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What a person had stopped is not found running after a run, however that ended.
class RestingProductTest extends ShopTest {
    @BeforeEach
    void aShopThatAPersonStopped() throws Exception {
        host.start();
        host.product().stop();
    }

    @Test
    void itIsStoppedAgainAfterAnUpdate() throws Exception {
        vendor.release("2.0.0", "1.0.0", "ok");
        Outcome outcome = host.updates().update(UpdateRequest.latest(), EventListener.NONE);
        assertThat(outcome.message()).contains("It is stopped, as it was before");
        rests("2.0.0");
    }

    @Test
    void itIsStoppedAgainAfterAnUpdateThatFailed() throws Exception {
        vendor.release("2.0.0", "1.0.0", "crash");
        Outcome outcome = host.updates().update(UpdateRequest.latest(), EventListener.NONE);
        assertThat(outcome.message())
                .contains("1.0.0 is there again", "It is stopped, as it was before");
        rests("1.0.0");
    }

    @Test
    void theEndOfAnInterruptedRunStopsWhatThatHadStarted() throws Exception {
        vendor.release("2.0.0", "1.0.0", "ok");
        Killed.inUpdate(host, Event.Committed.class::isInstance);
        assertThat(host.product().status().running()).isTrue();
        host.updates().recover(EventListener.NONE);
        rests("2.0.0");
    }

    @Test
    void theEndOfAnInterruptedRunDoesNotStartWhatAPowerCutEnded() throws Exception {
        vendor.release("2.0.0", "1.0.0", "ok");
        Killed.inUpdate(host, Event.Ended.class::isInstance);
        if (host.product().status() instanceof ServiceStatus.Running running) {
            long pid = Long.parseLong(running.words().replaceFirst("process (\\d+) .*", "$1"));
            ProcessHandle shop = ProcessHandle.of(pid).orElseThrow();
            shop.destroyForcibly();
            shop.onExit().join();
        }
        host.updates().recover(EventListener.NONE);
        assertThat(host.product().status().running()).isFalse();
        assertThat(host.updates().status().unfinished()).isNull();
    }

    private void rests(String version) {
        assertThat(host.updates().status().installed()).hasToString(version);
        assertThat(host.product().status().stoppedOnPurpose()).isTrue();
        assertThat(host.updates().status().unfinished()).isNull();
    }
}
