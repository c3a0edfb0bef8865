package dev.belay.versys.publish;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.server.cli.Main;
import dev.belay.versys.cli.VendorAtWork;
import dev.belay.versys.client.Repositories;
import dev.belay.versys.console.CommandRunner;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The commands that replace the online key of a running server, and the hosts that follow.
@Tag("slow")
class KeyRotationOverHttpTest {
    @TempDir private Path directory;
    private VendorWithServer server;
    private VendorAtWork vendor;
    private byte[] firstRoot;

    @BeforeEach
    void aServerWithAVendor() throws Exception {
        server = new VendorWithServer(directory);
        vendor = server.founder("vendor", "stable");
        firstRoot = Files.readAllBytes(vendor.home().resolve("root.json"));
        refresh("old-host");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    /// Any host begins with the first root, however late it comes.
    private void refresh(String host) throws IOException {
        Path tuf = directory.resolve(host).resolve("tuf");
        if (Files.notExists(tuf)) {
            Repositories.trust(Files.createDirectories(tuf), firstRoot);
        }
        server.host(vendor, host);
    }

    private String onlineKey(String verb) {
        StringWriter out = new StringWriter();
        int status =
                CommandRunner.prepare(new Main(), false)
                        .setOut(new PrintWriter(out))
                        .setErr(new PrintWriter(out))
                        .execute("online-key", verb, "--data=" + server.data());
        assertThat(status).as(out.toString()).isZero();
        return out.toString().replaceAll("(?s).*?([0-9a-f]{64}).*", "$1");
    }

    @Test
    void oneCommandReplacesTheKeyAndHostsFollow() throws Exception {
        String old = onlineKey("show");
        vendor.must("key", "rotate", "online");
        String fresh = onlineKey("show");
        assertThat(fresh).isNotEqualTo(old);
        refresh("old-host");
        refresh("new-host");
        vendor.must("status");
        vendor.must("key", "rotate", "timestamp");
        refresh("old-host");
        refresh("new-host");
        vendor.must("key", "rotate", "targets", "--no-passphrase");
        refresh("old-host");
    }

    @Test
    void aKeyThatTheServersAdminMadeIsTaken() throws Exception {
        String made = onlineKey("new");
        refresh("old-host");
        assertThat(vendor.must("key", "rotate", "online"))
                .contains("The new online key is " + made);
        assertThat(onlineKey("show")).isEqualTo(made);
        refresh("old-host");
        refresh("new-host");
    }

    @Test
    void twoOwnersOfTheRootReplaceItThroughTheStagingArea() throws Exception {
        vendor.must("key", "new", "bob", "--no-passphrase");
        Path keys = directory.resolve("vendor/keys");
        String added = "--key=" + keys.resolve("bob.pub.json");
        vendor.must("key", "add", "root", added, "--threshold=2");
        VendorAtWork bob = server.colleague(vendor, "bob");
        server.giveToken(bob, server.adminToken());
        Files.createDirectories(bob.home().resolve("keys"));
        for (String file : new String[] {"bob.pem", "bob.pub.json"}) {
            Files.move(keys.resolve(file), bob.home().resolve("keys").resolve(file));
        }
        String old = onlineKey("show");
        assertThat(vendor.must("key", "rotate", "online", "--stage"))
                .contains("root has 1 of 2 signatures", "waits on the server as root-3");
        refresh("old-host");

        assertThat(bob.must("sign", "--yes"))
                .contains("key " + old + " may no longer sign timestamp", "Published");
        refresh("old-host");
        refresh("new-host");
        assertThat(vendor.must("status")).doesNotContain("Waits on the server");
    }

    @Test
    void aServerThatLostItsKeyIsRepaired() throws Exception {
        server.stop();
        Files.delete(directory.resolve("data/repository/keys/online.pem"));
        Files.delete(directory.resolve("data/repository/keys/online.pub.json"));
        server.restart(vendor);
        refresh("old-host");
        vendor.must("key", "rotate", "online");
        refresh("old-host");
        refresh("new-host");
    }
}
