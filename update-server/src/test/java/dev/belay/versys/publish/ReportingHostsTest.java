package dev.belay.versys.publish;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.versys.cli.VendorAtWork;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What an edit does to the hosts that report to the server is said before it is signed.
class ReportingHostsTest {
    @TempDir private Path directory;
    private VendorWithServer server;
    private VendorAtWork vendor;

    @BeforeEach
    void twoReleasesAndSomeHosts() throws Exception {
        server = new VendorWithServer(directory);
        vendor = server.founder("vendor", "dev");
        server.giveToken(vendor, server.publisherToken());
        vendor.must("publish", vendor.bundle("1.0.0").toString(), "--channel=dev");
        vendor.must("publish", vendor.bundle("2.0.0").toString(), "--channel=dev");
        report("a", "dev", "1.0.0");
        report("b", "dev", "1.0.0");
        report("c", "dev", "2.0.0");
        report("d", "stable", "1.0.0");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void anEditSaysHowManyHostsItTouches() {
        assertThat(vendor.must("withdraw", "2.0.0", "--channel=dev", "--reason=broken"))
                .contains("2 of 3 reporting hosts lose their way forward.");
    }

    @Test
    void whatAnybodyReportsKeepsNoEditFromBeingPublished() throws Exception {
        report("x", "dev", "9..~-+");
        report("y", "dev", "0".repeat(120));

        assertThat(vendor.must("withdraw", "2.0.0", "--channel=dev", "--reason=broken"))
                .contains("2 of 5 reporting hosts lose their way forward.");
    }

    @Test
    void theHostsAreCountedForTheVendorAndForNobodyElse() throws Exception {
        assertThat(vendor.must("hosts", "--channel=dev"))
                .contains("\"version\":\"1.0.0\"", "\"version\":\"2.0.0\"")
                .doesNotContain("\"id\"");
        assertThat(
                        server.send("GET", "api/v1/products/shop/channels/dev/hosts", "", "")
                                .statusCode())
                .isEqualTo(401);
    }

    private void report(String host, String channel, String version) throws Exception {
        String body =
                "{\"id\":\"r-%s\",\"host\":\"%s\",\"channel\":\"%s\",\"to\":\"%s\",\"outcome\":\"updated\"}"
                        .formatted(host, host, channel, version);
        assertThat(server.send("POST", "api/v1/products/shop/reports", "none", body).statusCode())
                .isEqualTo(201);
    }
}
