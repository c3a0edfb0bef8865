package dev.belay.supervisor.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.supervisor.backup.HomeBackups;
import dev.belay.supervisor.deployment.Home;
import dev.belay.supervisor.settings.ChainPolicy;
import dev.belay.supervisor.settings.Settings;
import dev.belay.supervisor.status.RunKind;
import dev.belay.supervisor.status.RunOutcome;
import dev.belay.supervisor.transaction.JournalFile;
import dev.belay.supervisor.transaction.JournalRecord;
import dev.belay.versys.version.Version;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A home on which runs come and go for years does not grow for ever.
class HousekeepingTest {
    private static final Instant NOW = Instant.parse("2026-06-01T00:00:00Z");
    @TempDir Path directory;
    private Home home;

    @BeforeEach
    void aHome() {
        home = new Home(directory);
        home.create();
    }

    @Test
    void oldJournalsGoUnlessSomethingNeedsThem() throws Exception {
        for (int i = 100; i < 250; i++) {
            journal("t-" + i, i != 101);
        }
        Files.createDirectories(home.aside().resolve("t-100"));
        Files.writeString(home.journal().resolve("t-102-1.config.json"), "[]");

        tidyUp();

        assertThat(JournalFile.transactions(home.journal()))
                .hasSize(102)
                .startsWith("t-100", "t-101", "t-150");
        assertThat(home.journal().resolve("t-102-1.config.json")).doesNotExist();
    }

    private void journal(String id, boolean over) {
        try (JournalFile journal = JournalFile.open(home.journal(), id)) {
            journal.append(
                    new JournalRecord.RunBegun(
                            NOW,
                            id,
                            RunKind.UPDATE,
                            List.of(Version.of("1"), Version.of("2")),
                            ChainPolicy.STOP,
                            null,
                            false));
            if (over) {
                journal.append(new JournalRecord.RunEnded(NOW, RunOutcome.FAILED));
            }
        }
    }

    @Test
    void theNewestEventsStay() throws Exception {
        String line = "{\"event\":\"" + "x".repeat(1000) + "\"}\n";
        Files.writeString(home.events(), line.repeat(9000) + "last\n");
        tidyUp();
        assertThat(Files.size(home.events())).isBetween(4_000_000L, 4L << 20);
        assertThat(Files.readString(home.events())).startsWith(line).endsWith("\nlast\n");
        byte[] once = Files.readAllBytes(home.events());
        tidyUp();
        assertThat(home.events()).hasBinaryContent(once);
    }

    @Test
    void theNewestReportsStay() throws Exception {
        for (int i = 1000; i < 2100; i++) {
            Files.writeString(home.outbox().resolve(i + ".json"), "{}");
        }
        tidyUp();
        try (Stream<Path> left = Files.list(home.outbox())) {
            assertThat(left).hasSize(1000).doesNotContain(home.outbox().resolve("1099.json"));
        }
    }

    @Test
    void whatKilledWritersLeftGoesOnceNobodyCanBeWritingIt() throws Exception {
        Path dead = home.own().resolve(".belay-0123456789abcdef.tmp");
        Path alive = home.own().resolve(".belay-fedcba9876543210.tmp");
        Files.writeString(dead, "half");
        Files.setLastModifiedTime(dead, FileTime.from(NOW.minusSeconds(7200)));
        Files.writeString(alive, "half");
        Files.setLastModifiedTime(alive, FileTime.from(NOW));
        tidyUp();
        assertThat(dead).doesNotExist();
        assertThat(alive).exists();
    }

    private void tidyUp() {
        Settings settings =
                Settings.parse(
                        "product: shop\nserver: http://127.0.0.1:1\n"
                                .getBytes(StandardCharsets.UTF_8),
                        "supervisor.yaml");
        Housekeeping.after(home, new HomeBackups(home, settings, InstantSource.fixed(NOW)), NOW);
    }
}
