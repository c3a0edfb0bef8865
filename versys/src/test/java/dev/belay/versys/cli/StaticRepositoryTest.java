package dev.belay.versys.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.SimpleFileServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A vendor without an update server: a directory and any web server.
class StaticRepositoryTest {
    @TempDir Path directory;
    private VendorAtWork vendor;
    private Path web;

    @BeforeEach
    void init() {
        vendor = new VendorAtWork(directory);
        web = directory.resolve("web/repository");
        assertThat(
                        vendor.versys(
                                "init",
                                "--product=shop",
                                "--channel=dev",
                                "--channel=stable",
                                "--solo",
                                "--no-passphrase"))
                .as(vendor.said())
                .isZero();
    }

    private void publishTo(Path place, String version) throws IOException {
        String bundle = vendor.bundle(version).toString();
        assertThat(vendor.versys("publish", bundle, "--channel=stable", "--to=" + place))
                .as(vendor.said())
                .isZero();
    }

    @Test
    void anyWebServerServesWhatWasPublishedToADirectory() throws Exception {
        publishTo(web, "1.0.0");
        assertThat(vendor.said()).contains("Began a repository in " + web);
        HttpServer server =
                SimpleFileServer.createFileServer(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                        directory.resolve("web"),
                        SimpleFileServer.OutputLevel.NONE);
        server.start();
        try {
            URI uri =
                    URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/repository");
            assertThat(vendor.versions(uri, "host")).containsExactly("1.0.0");
            publishTo(web, "1.1.0");
            assertThat(vendor.said()).doesNotContain("Began");
            assertThat(vendor.versions(uri, "host")).containsExactly("1.0.0", "1.1.0");
            assertThat(vendor.versions(uri, "new-host")).containsExactly("1.0.0", "1.1.0");
        } finally {
            server.stop(0);
        }
    }

    @Test
    void nothingSecretIsInTheDirectory() throws Exception {
        publishTo(web, "1.0.0");
        try (Stream<Path> files = Files.walk(web)) {
            List<Path> regular = files.filter(Files::isRegularFile).toList();
            assertThat(regular).hasSizeGreaterThan(5);
            for (Path file : regular) {
                assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
                        .as(file.toString())
                        .doesNotContain("PRIVATE KEY");
            }
        }
        assertThat(vendor.home().resolve("keys/online.pem")).isRegularFile();
    }

    @Test
    void afterTheFirstPublicationEveryCommandKnowsThePlace() throws Exception {
        assertThat(vendor.versys("status")).isEqualTo(4);
        assertThat(vendor.said()).contains("versys publish --to");
        publishTo(web, "1.0.0");
        String named = "--repository=" + web;
        assertThat(vendor.versys("promote", "1.0.0", "--from=stable", "--to=dev", named)).isZero();
        assertThat(vendor.versys("status")).isZero();
        assertThat(vendor.said()).contains("shop-channel-dev", "renewed by versys sign");
        assertThat(vendor.versys("status", "--to=" + web)).isZero();
        String reason = "--reason=x";
        assertThat(vendor.versys("withdraw", "1.0.0", "--channel=dev", reason, "--to=" + web))
                .isZero();
        assertThat(vendor.versys("key", "rotate", "targets", "--no-passphrase", "--to=" + web))
                .isZero();
        assertThat(vendor.versions(web.toUri(), "host")).containsExactly("1.0.0");
    }

    @Test
    void aWrongDirectoryIsNamedAndLeftAsItIs() throws Exception {
        publishTo(web, "1.0.0");
        Path typo = directory.resolve("wbe");
        String bundle = vendor.bundle("1.1.0").toString();
        assertThat(vendor.versys("publish", bundle, "--channel=stable", "--to=" + typo))
                .isEqualTo(4);
        assertThat(vendor.said()).contains("There is no repository in " + typo);
        assertThat(vendor.versys("status", "--to=" + typo)).isEqualTo(4);
        assertThat(typo).doesNotExist();
    }

    @Test
    void whoHasNoOnlineKeySignsAndLeavesPublishingToWhoHasIt() throws Exception {
        publishTo(web, "1.0.0");
        Path bob = Files.createDirectories(directory.resolve("bob"));
        for (String file : new String[] {"versys.yaml", "root.json"}) {
            Files.copy(vendor.home().resolve(file), bob.resolve(file));
        }
        Files.createDirectories(bob.resolve("keys"));
        for (String end : new String[] {".pem", ".pub.json"}) {
            Path key = Path.of("keys/shop-channel-dev" + end);
            Files.move(vendor.home().resolve(key), bob.resolve(key));
        }
        String asBob = "--dir=" + bob;
        assertThat(vendor.versys("promote", "1.0.0", "--from=stable", "--to=dev", asBob)).isZero();
        assertThat(vendor.said()).contains("It has all signatures", "online key");
        assertThat(bob.resolve("keys/online.pem")).doesNotExist();
        Path change = bob.resolve("pending/shop-channel-dev-2.change.json");
        assertThat(vendor.versys("sign", change.toString())).as(vendor.said()).isZero();
        assertThat(vendor.said()).contains("adds shop 1.0.0 to dev", "Published");
    }
}
