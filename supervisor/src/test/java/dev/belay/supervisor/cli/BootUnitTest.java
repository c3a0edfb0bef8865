package dev.belay.supervisor.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.belay.supervisor.status.Step;
import dev.belay.supervisor.testing.Killed;
import dev.belay.supervisor.testing.ShopTest;
import dev.belay.supervisor.testing.SupervisorCommand;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// The systemd files that come with the supervisor: their own words are run, on a host that lost
/// its power in the middle of an update.
class BootUnitTest extends ShopTest {
    private static final Path UNITS = Path.of("src/main/dist/systemd");
    private static final String PROGRAM = "/opt/belay/current/bin/supervisor";

    private void losesItsPowerInMigration() throws Exception {
        vendor.release("2.0.0", "1.0.0", "ok");
        Killed.inUpdate(host, Step.MIGRATE);
    }

    @Test
    void atBootTheInterruptedRunEndsBeforeTheProductStarts() throws Exception {
        losesItsPowerInMigration();
        assertThat(sh(value("belay-start@.service", "ExecStart"))).isZero();
        assertThat(host.get("/health")).contains("1.0.0");
        assertThat(host.updates().unfinished()).isEmpty();
        assertThat(sh(value("belay-start@.service", "ExecStop"))).isZero();
        assertThat(host.product().status().running()).isFalse();
    }

    @Test
    void theGuardLetsTheProductStartUnlessARunIsUnfinished() throws Exception {
        String guard = condition();
        assertThat(sh(guard)).isZero();
        losesItsPowerInMigration();
        assertThat(sh(guard)).isNotZero();
        assertThat(sh(value("belay-start@.service", "ExecStart"))).isZero();
        assertThat(sh(guard)).isZero();
        Files.delete(host.home().settings());
        assertThat(sh(guard)).as("what cannot be known is not fine").isNotZero();
        Files.writeString(host.home().settings(), "product: shop\nserver: http://127.0.0.1:1\n");
    }

    @Test
    void systemdUnderstandsTheUnit() throws Exception {
        assumeTrue(
                Files.isExecutable(Path.of("/usr/bin/systemd-analyze")),
                "skipped: there is no systemd-analyze here");
        Path unit = directory.resolve("belay-start@.service");
        Files.writeString(
                unit,
                Files.readString(UNITS.resolve("belay-start@.service"))
                        .replace(PROGRAM, "/bin/true"));
        Path instance = directory.resolve("belay-start@srv-shop.service");
        Files.copy(unit, instance);
        Path guarded = directory.resolve("belay-start-guarded.service");
        Files.writeString(
                guarded,
                "[Service]\nExecStart=/bin/true\n"
                        + Files.readString(UNITS.resolve("belay-guard.conf")));
        Process verify =
                new ProcessBuilder(
                                "systemd-analyze",
                                "verify",
                                instance.toString(),
                                guarded.toString())
                        .redirectErrorStream(true)
                        .start();
        String said = new String(verify.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        verify.waitFor();
        assertThat(said.lines().filter(line -> line.contains("belay-start"))).isEmpty();
    }

    /// The shell's part of `ExecCondition=/bin/sh -c '…'`, as systemd hands it on.
    private String condition() throws IOException {
        String line = value("belay-guard.conf", "ExecCondition");
        String quoted = line.substring(line.indexOf('\'') + 1, line.lastIndexOf('\''));
        return quoted.replace("$$", "$").replace("%%", "%").replace("\\\\", "\\");
    }

    private String value(String file, String key) throws IOException {
        return Files.readAllLines(UNITS.resolve(file)).stream()
                .filter(line -> line.startsWith(key + "="))
                .map(line -> line.substring(key.length() + 1))
                .collect(Collectors.joining())
                .replace("%f", host.home().root().toString())
                .replace("/srv/shop", host.home().root().toString());
    }

    /// With the program of this build in the place of the installed one.
    private int sh(String command) throws Exception {
        Path program = directory.resolve("supervisor");
        List<String> words = SupervisorCommand.line();
        Files.writeString(
                program,
                "#!/bin/sh\nexec "
                        + words.stream().map(w -> "'" + w + "'").collect(Collectors.joining(" "))
                        + " \"$@\"\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        return new ProcessBuilder("sh", "-c", command.replace(PROGRAM, program.toString()))
                .redirectOutput(directory.resolve("out").toFile())
                .redirectErrorStream(true)
                .start()
                .waitFor();
    }
}
