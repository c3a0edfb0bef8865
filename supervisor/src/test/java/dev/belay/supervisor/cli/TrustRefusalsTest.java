package dev.belay.supervisor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.packaging.failure.ExitCode;
import dev.belay.supervisor.testing.ShopHost;
import dev.belay.supervisor.testing.SupervisorCommand;
import dev.belay.supervisor.testing.VendorSite;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What an admin reads, and a script finds in the exit code, when a server does not give what was
/// signed: real commands, a real product.
@Tag("slow")
class TrustRefusalsTest {
    @TempDir Path directory;
    private VendorSite site;
    private ShopHost host;

    @BeforeEach
    void aHostWithAReleaseToGoTo() throws Exception {
        site = new VendorSite(directory.resolve("site"));
        site.publish("1.0.0", "none", "ok");
        host = ShopHost.of(site, directory.resolve("home"));
        host.start();
        site.publish("2.0.0", "1.0.0", "ok");
    }

    @AfterEach
    void endEverything() {
        host.stop();
        site.close();
    }

    @Test
    void metadataThatSomebodyChangedIsNamedWithItsRoleAndAddress() throws Exception {
        flip(served("metadata", "timestamp.json"));
        refuses(ExitCode.TRUST, "timestamp from " + site.uri(), "/metadata/timestamp.json");
    }

    @Test
    void metadataThatIsGoneIsNamedWithItsRoleAndAddress() throws Exception {
        Files.delete(served("metadata", ".snapshot.json"));
        refuses(ExitCode.TRUST, "no file of snapshot at " + site.uri(), ".snapshot.json");
    }

    @Test
    void aBundleThatSomebodyChangedIsNamedWithItsAddress() throws Exception {
        flip(served("targets", "shop-2.0.0-any.tgz"));
        refuses(ExitCode.TRUST, "shop-2.0.0-any.tgz from " + site.uri(), "signed digest");
    }

    @Test
    void aPageToLogInIsNoFailureOfTrust() throws Exception {
        String page = "<!DOCTYPE html><html>Welcome to our hotel</html>";
        for (Path file :
                new Path[] {
                    served("targets", "shop-2.0.0-any.tgz"), served("metadata", "timestamp.json")
                }) {
            Files.writeString(file, page);
            refuses(ExitCode.FAILED, "captive portal", site.uri().toString());
        }
    }

    private void refuses(ExitCode status, String... words) throws Exception {
        SortedMap<String, String> before = host.image();
        SupervisorCommand update =
                SupervisorCommand.run("update", "--yes", "--home=" + host.home().root());
        assertThat(update.status()).as(update.output()).isEqualTo(status.status());
        assertThat(update.output()).contains(words).containsIgnoringCase("nothing was changed");
        assertThat(host.image()).isEqualTo(before);
        assertThat(host.get("/health")).contains("1.0.0");
    }

    /// The newest file whose name ends like this.
    private Path served(String below, String ending) throws IOException {
        try (Stream<Path> files = Files.walk(site.repository().resolve(below))) {
            return files.filter(file -> file.toString().endsWith(ending))
                    .max(Path::compareTo)
                    .orElseThrow();
        }
    }

    private static void flip(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);
    }
}
