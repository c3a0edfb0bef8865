package dev.belay.versys.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.packaging.bundle.BundleWriter;
import dev.belay.packaging.bundle.FileClass;
import dev.belay.versys.client.Repositories;
import dev.belay.versys.client.RepositoryLocation;
import dev.belay.versys.client.TargetSource;
import dev.belay.versys.console.CommandRunner;
import dev.belay.versys.graph.Channel;
import dev.belay.versys.version.Version;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class VendorCommandsTest {
    @TempDir Path directory;
    private Path vendor;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeEach
    void init() {
        vendor = directory.resolve("vendor");
        assertThat(
                        versys(
                                "init",
                                "--product",
                                "shop",
                                "--channel",
                                "dev",
                                "--channel",
                                "stable",
                                "--to",
                                directory.resolve("web").toString(),
                                "--solo",
                                "--no-passphrase"))
                .isZero();
    }

    private int versys(String command, String... more) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        CommandLine line = CommandRunner.prepare(new Main(), false);
        line.setOut(new PrintWriter(out));
        line.setErr(new PrintWriter(err));
        String[] args = new String[more.length + 3];
        args[0] = command;
        args[1] = "--dir";
        args[2] = vendor.toString();
        System.arraycopy(more, 0, args, 3, more.length);
        return line.execute(args);
    }

    private Path bundle(String version, String from, String content) throws Exception {
        Path tree = Files.createDirectories(directory.resolve("tree-" + version + content));
        Files.writeString(tree.resolve("program"), content);
        String yaml =
                """
                product: shop
                version: %s
                platform: any
                upgrade:
                  from: "%s"
                """
                        .formatted(version, from);
        Path bundle = directory.resolve("shop-" + version + content + ".tgz");
        new BundleWriter(
                        tree,
                        yaml.getBytes(UTF_8),
                        Optional.of("**new**".getBytes(UTF_8)),
                        path -> FileClass.PROGRAM)
                .writeTo(bundle);
        return bundle;
    }

    private TargetSource host() throws Exception {
        Path store = directory.resolve("store");
        if (Files.notExists(store)) {
            Repositories.trust(store, Files.readAllBytes(vendor.resolve("root.json")));
        }
        TargetSource host =
                Repositories.open(
                        RepositoryLocation.below(directory.resolve("web").toUri()),
                        store,
                        InstantSource.system());
        host.refresh();
        return host;
    }

    private Channel channel(String name) throws Exception {
        TargetSource host = host();
        return Channel.parse(
                host.read(host.find("shop/channels/" + name + ".json").orElseThrow(), 1_000_000));
    }

    @Test
    void publishedReleaseReachesTheHost() throws Exception {
        Path bundle = bundle("1.0.0", ">=0.1.0 <1.0.0", "a");
        assertThat(versys("publish", bundle.toString(), "--channel", "dev")).isZero();
        assertThat(out.toString()).contains("1.0.0 is new in channel dev").contains("snapshot 2");
        assertThat(channel("dev").release(Version.of("1.0.0")).orElseThrow().notes())
                .isEqualTo("**new**");
        TargetSource host = host();
        Path file = directory.resolve("got.tgz");
        host.download(
                host.find("shop/releases/1.0.0/shop-1.0.0-any.tgz").orElseThrow(),
                file,
                (done, total) -> {});
        assertThat(file).hasSameBinaryContentAs(bundle);
    }

    @Test
    void publishingTwiceIsNothingAndOtherBytesAreRefused() throws Exception {
        String bundle = bundle("1.0.0", ">=0.1.0 <1.0.0", "a").toString();
        assertThat(versys("publish", bundle, "--channel", "dev")).isZero();
        assertThat(versys("publish", bundle, "--channel", "dev")).isZero();
        assertThat(out.toString()).contains("Nothing to do: the very same bytes");
        String other = bundle("1.0.0", ">=0.1.0 <1.0.0", "b").toString();
        assertThat(versys("publish", other, "--channel", "dev")).isEqualTo(4);
        assertThat(err.toString()).contains("published with other bytes");
    }

    @Test
    void promotesWithdrawsBlocksAndSaysEachDifference() throws Exception {
        versys("publish", bundle("1.0.0", "<1.0.0", "a").toString(), "--channel", "dev");
        versys("publish", bundle("1.1.0", ">=1.0.0 <1.1.0", "b").toString(), "--channel", "dev");
        assertThat(versys("promote", "1.0.0", "--from", "dev", "--to", "stable")).isZero();
        assertThat(versys("promote", "1.1.0", "--from", "dev", "--to", "stable")).isZero();
        assertThat(out.toString()).contains("1.1.0 is new in channel stable");
        assertThat(channel("stable").releases()).hasSize(2);
        assertThat(versys("require-stop", "1.1.0", "--channel", "stable")).isZero();
        assertThat(out.toString()).contains("required stop");
        assertThat(versys("block", "1.1.0", "--channel", "stable", "--reason", "slow")).isZero();
        assertThat(versys("unblock", "1.1.0", "--channel", "stable")).isZero();
        assertThat(versys("rollout", "start", "1.1.0", "--channel", "stable")).isZero();
        assertThat(versys("rollout", "finish", "1.1.0", "--channel", "stable")).isZero();
        assertThat(versys("withdraw", "1.1.0", "--channel", "stable", "--reason", "loses rows"))
                .isZero();
        assertThat(out.toString()).contains("1.1.0 is withdrawn: loses rows");
        assertThat(channel("stable").release(Version.of("1.1.0")).orElseThrow().withdrawn())
                .isPresent();
        assertThat(versys("withdraw", "9.9.9", "--channel", "stable", "--reason", "x"))
                .isEqualTo(4);
    }

    @Test
    void damagedBundleAndForeignProductAreRefusedBeforeAnythingIsSent() throws Exception {
        Path bundle = bundle("1.0.0", "<1.0.0", "a");
        byte[] bytes = Files.readAllBytes(bundle);
        bytes[bytes.length / 2] ^= 1;
        Files.write(bundle, bytes);
        assertThat(versys("publish", bundle.toString(), "--channel", "dev")).isEqualTo(5);
        try (var staged = Files.list(directory.resolve("web/staged"))) {
            assertThat(staged).isEmpty();
        }
    }

    @Test
    void keysThatOthersMayReadAreRefused() throws Exception {
        Files.setPosixFilePermissions(
                vendor.resolve("keys/shop-channel-dev.pem"),
                PosixFilePermissions.fromString("rw-r--r--"));
        String bundle = bundle("1.0.0", "<1.0.0", "a").toString();
        assertThat(versys("publish", bundle, "--channel", "dev")).isEqualTo(4);
        assertThat(err.toString()).contains("chmod 600");
        assertThat(channelIsEmpty()).isTrue();
    }

    private boolean channelIsEmpty() throws Exception {
        return host().find("shop/channels/dev.json").isEmpty();
    }

    @Test
    void initNeverOverwrites() {
        assertThat(
                        versys(
                                "init",
                                "--product",
                                "shop",
                                "--channel",
                                "dev",
                                "--to",
                                directory.resolve("other").toString(),
                                "--no-passphrase"))
                .isEqualTo(4);
        assertThat(err.toString()).contains("belongs to a vendor already");
    }
}
