package dev.belay.supervisor.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.belay.packaging.failure.BelayException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HookTest {
    @TempDir Path directory;

    @Test
    void succeedsSilently() {
        Hook.run("migrate", launch("exit 0"), Duration.ofSeconds(20));
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void aFailureTellsItsLastWords() {
        assertThatThrownBy(() ->
                        Hook.run(
                                "migrate",
                                launch("echo table is locked >&2; exit 7"),
                                Duration.ofSeconds(20)))
                .hasMessage("The migrate hook of 1 ended with status 7.")
                .isInstanceOfSatisfying(
                        ProgramFailure.class,
                        e -> assertThat(e.details()).containsExactly("table is locked"));
    }

    @Test
    void oneThatHangsIsKilledWithItsChildren() {
        assertThatThrownBy(() ->
                        Hook.run(
                                "migrate",
                                launch("trap '' TERM; sleep 603 & setsid sleep 604 & wait"),
                                Duration.ofMillis(300)))
                .isInstanceOfSatisfying(
                        BelayException.class, e -> assertThat(e.kind()).isEqualTo("hook-timeout"));
        assertThat(
                        ProcessHandle.allProcesses()
                                .map(p ->
                                        String.join(
                                                " ", p.info().arguments().orElse(new String[0])))
                                .filter(line -> line.equals("603") || line.equals("604")))
                .isEmpty();
    }

    @Test
    void oneThatFloodsItsOutputDoesNotBlock() {
        assertThatThrownBy(() ->
                        Hook.run(
                                "migrate",
                                launch("head -c 3000000 /dev/zero | tr '\\0' x; echo end; exit 1"),
                                Duration.ofSeconds(30)))
                .isInstanceOfSatisfying(
                        ProgramFailure.class,
                        e -> {
                            assertThat(String.join("\n", e.details())).endsWith("end");
                            assertThat(e.details()).allMatch(line -> line.length() < 1000);
                        });
    }

    private Launch launch(String script) {
        return new Launch(
                "1",
                directory,
                List.of("/bin/sh", "-c", script),
                ProductEnvironment.clean(),
                Optional.empty());
    }
}
