package dev.belay.supervisor.testing;

import dev.belay.supervisor.cli.Main;
import dev.belay.versys.console.CommandRunner;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/// A test that begins with a host on which the oldest release of the shop is installed, and that
/// leaves nothing running.
public abstract class ShopTest {
    @TempDir protected Path directory;
    protected ShopVendor vendor;
    protected ShopHost host;

    /// What the last command said.
    protected final StringWriter out = new StringWriter();

    protected final StringWriter err = new StringWriter();

    @BeforeEach
    final void aHostWithAShop() throws Exception {
        vendor = new ShopVendor(directory.resolve("repository"));
        vendor.release("1.0.0", "none", "ok");
        host = new ShopHost(directory.resolve("home"), directory.resolve("repository"));
        host.install("1.0.0");
    }

    @AfterEach
    final void nothingIsLeftRunning() {
        host.stop();
    }

    /// Runs a command of `supervisor` for the host in this process.
    ///
    /// @return its exit status
    protected final int run(String... words) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        String[] all =
                Stream.concat(Stream.of(words), Stream.of("--home=" + host.home().root()))
                        .toArray(String[]::new);
        CommandLine line = CommandRunner.prepare(new Main(), false, all);
        line.setOut(new PrintWriter(out));
        line.setErr(new PrintWriter(err));
        return line.execute(all);
    }
}
