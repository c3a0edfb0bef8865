package dev.belay.supervisor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.packaging.failure.ExitCode;
import dev.belay.supervisor.testing.VendorSite;
import dev.belay.versys.console.CommandRunner;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/// Homes that a command cannot work with say so, instead of looking empty or becoming a mixture.
class UnfitHomeTest {
    @TempDir Path directory;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void whatIsInADirectoryAlreadyIsNotMixedWithAnInstallation() throws Exception {
        Path root = Files.writeString(directory.resolve("root.json"), "{}");
        Path home = Files.createDirectories(directory.resolve("home"));
        Files.createDirectories(home.resolve("data"));
        int status =
                run(
                        "install",
                        "--home=" + home,
                        "--server=http://127.0.0.1:1",
                        "--product=shop",
                        "--root=" + root);
        assertThat(status).isEqualTo(ExitCode.REFUSED.status());
        assertThat(err.toString()).contains("is not empty: there is data", "Nothing was changed");
        assertThat(home.resolve(".supervisor")).doesNotExist();
        assertThat(home.resolve("supervisor.yaml")).doesNotExist();
    }

    @Test
    void backupsThatCannotBeReadAreNotNoBackups() throws Exception {
        Files.writeString(
                directory.resolve("supervisor.yaml"),
                "product: shop\nserver: http://127.0.0.1:1\n");
        assertThat(run("backup", "list", "--home=" + directory)).isZero();
        assertThat(out.toString()).contains("There are no backups");
        Files.createDirectories(directory.resolve(".supervisor"));
        Files.writeString(directory.resolve(".supervisor/backups"), "");
        assertThat(run("backup", "list", "--home=" + directory)).isNotZero();
        assertThat(err.toString()).contains(".supervisor/backups is not a directory");
    }

    @Test
    void anInstalledProductThatDoesNotStartShowsWhatItSaid() throws Exception {
        try (VendorSite site = new VendorSite(directory.resolve("site"))) {
            site.publish("1.0.0", "none", "crash");
            int status =
                    run(
                            "install",
                            "--home=" + directory.resolve("home"),
                            "--server=" + site.uri(),
                            "--product=shop",
                            "--root=" + site.root());
            assertThat(status).isEqualTo(ExitCode.FAILED.status());
            assertThat(err.toString())
                    .contains("1.0.0 ended before it was healthy", "1.0.0 is installed in")
                    .contains("| cannot go on: the configuration is of the wrong colour");
        }
    }

    private int run(String... words) {
        CommandLine line = CommandRunner.prepare(new Main(), false);
        line.setOut(new PrintWriter(out));
        line.setErr(new PrintWriter(err));
        return line.execute(words);
    }
}
