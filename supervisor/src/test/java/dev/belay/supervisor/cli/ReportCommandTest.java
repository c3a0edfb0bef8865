package dev.belay.supervisor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.supervisor.testing.ShopHost;
import dev.belay.supervisor.testing.ShopVendor;
import dev.belay.versys.console.CommandRunner;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/// What a bug report of a home shows and hides.
class ReportCommandTest {
    @TempDir Path directory;

    @Test
    void whatTheVendorDeclaresSecretIsInNoFileOfIt() throws Exception {
        new ShopVendor(directory.resolve("repository"))
                .release(
                        "1.0.0",
                        "none",
                        "ok",
                        "secrets: [\"conf/shop.properties:colour\", conf/licence]\n");
        ShopHost host = new ShopHost(directory.resolve("home"), directory.resolve("repository"));
        host.install("1.0.0");
        host.edit("colour=red", "colour=CANARY-blue");
        Files.writeString(host.home().config().resolve("conf/licence"), "CANARY\n");
        Files.writeString(host.home().productLog(), "painting in CANARY-blue\n");
        assertThat(show(host, "config/conf/shop.properties"))
                .contains("colour=[redacted]", "port=")
                .doesNotContain("CANARY");
        assertThat(show(host, "config/conf/licence")).isEqualTo("[redacted]\n");
        assertThat(show(host, "product.log")).isEqualTo("painting in [redacted]\n");
    }

    private static String show(ShopHost host, String name) {
        StringWriter out = new StringWriter();
        CommandLine line = CommandRunner.prepare(new Main(), false);
        line.setOut(new PrintWriter(out));
        assertThat(line.execute("report", "--home=" + host.home().root(), "--show=" + name))
                .isZero();
        return out.toString();
    }
}
