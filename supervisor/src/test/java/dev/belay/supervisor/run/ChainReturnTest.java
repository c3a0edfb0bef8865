package dev.belay.supervisor.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.supervisor.backup.Backup;
import dev.belay.supervisor.offer.UpdateRequest;
import dev.belay.supervisor.status.Event;
import dev.belay.supervisor.status.EventListener;
import dev.belay.supervisor.status.HistoryEntry;
import dev.belay.supervisor.status.RejectedRelease;
import dev.belay.supervisor.status.RunOutcome;
import dev.belay.supervisor.testing.ShopHost;
import dev.belay.supervisor.testing.ShopTest;
import dev.belay.versys.version.Version;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// A later hop of a chain fails, and the admin wants all of the chain or nothing of it.
@Tag("slow")
class ChainReturnTest extends ShopTest {
    private SortedMap<String, String> before;

    @BeforeEach
    void aHostBeforeAChainWhoseThirdHopFails() throws Exception {
        host.start();
        host.visit(2);
        host.stop();
        before = host.image();
        host.start();
        vendor.release("2.0.0", "1.0.0", "ok");
        vendor.release("3.0.0", "2.0.0", "ok");
        vendor.release("4.0.0", "3.0.0", "crash");
    }

    @Test
    void theHostIsAsItWasBeforeTheChainAndSaysSo() throws Exception {
        Outcome outcome = host.updates().update(ShopHost.ALL_OR_NOTHING, EventListener.NONE);
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Outcome.RolledBack.class,
                        back -> {
                            assertThat(back.now()).isEqualTo(Version.of("1.0.0"));
                            assertThat(back.failed()).isEqualTo(Version.of("4.0.0"));
                            assertThat(back.figures().hops()).hasSize(4);
                        });
        assertThat(outcome.message())
                .contains("3.0.0 to 4.0.0 failed", "1.0.0 runs again", "is kept as backup");
        assertThat(host.get("/health")).contains("1.0.0");
        HistoryEntry entry = host.updates().history().getFirst();
        assertThat(entry.outcome()).isEqualTo(RunOutcome.ROLLED_BACK);
        assertThat(entry.message()).isEqualTo(outcome.message());
        assertThat(host.updates().status().rejected())
                .extracting(RejectedRelease::version)
                .containsExactly(Version.of("4.0.0"));
        host.stop();
        assertThat(host.image()).isEqualTo(before);
        assertThat(host.home().aside()).isDirectoryNotContaining("glob:**/2/before");
    }

    @Test
    void whatAReleaseOfTheChainTookIsNotGivenUpUnasked() throws Exception {
        Outcome outcome = host.updates().update(ShopHost.ALL_OR_NOTHING, this::visitBetweenHops);
        assertThat(outcome).isInstanceOf(Outcome.RolledBack.class);
        assertThat(outcome.message())
                .contains("It did not return to 1.0.0", "data/data/shop.db", "rollback --yes");
        assertThat(host.get("/health")).contains("3.0.0");
        assertThat(host.rows()).contains("3 somebody");
        for (String release : new String[] {"2.0.0", "1.0.0"}) {
            host.updates().rollback(true, EventListener.NONE);
            assertThat(host.get("/health")).contains(release);
        }
    }

    @Test
    void anAdminWhoWantsNoQuestionGetsNoneAndLosesNothing() throws Exception {
        Files.writeString(
                host.home().settings(),
                Files.readString(host.home().settings()) + "rollback: auto\non-failure: return\n");
        Outcome outcome = host.updates().update(UpdateRequest.latest(), this::visitBetweenHops);
        assertThat(host.get("/health")).contains("1.0.0");
        assertThat(host.rows()).doesNotContain("3 somebody");
        Backup kept =
                host.parts(() -> false).backups().repository().list().stream()
                        .filter(backup -> backup.release().equals("3.0.0"))
                        .filter(backup -> backup.kind() == Backup.Kind.SET_ASIDE)
                        .findFirst()
                        .orElseThrow();
        assertThat(outcome.message()).contains("backup restore " + kept.id());
        host.updates().restore(kept.id(), EventListener.NONE);
        assertThat(host.rows()).contains("3 somebody");
    }

    @Test
    void aReleaseThatIsNotHealthyAnyMoreIsNotReturnedTo() throws Exception {
        Path behaviour = host.home().current().toRealPath().resolve("lib/behaviour");
        Outcome outcome =
                host.updates()
                        .update(
                                ShopHost.ALL_OR_NOTHING,
                                event -> {
                                    if (event instanceof Event.HopBegun hop && hop.hop() == 2) {
                                        write(behaviour, "crash\n");
                                    }
                                });
        assertThat(outcome).isInstanceOf(Outcome.RolledBack.class);
        assertThat(outcome.message()).contains("It did not return to 1.0.0: 1.0.0 ended");
        assertThat(host.get("/health")).contains("3.0.0");
        assertThat(host.updates().status().unfinished()).isNull();
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void visitBetweenHops(Event event) {
        if (event instanceof Event.HopBegun hop && hop.hop() == 2) {
            try {
                host.visit(1);
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
