package dev.belay.versys.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.belay.packaging.bundle.BundleWriter;
import dev.belay.packaging.bundle.FileClass;
import dev.belay.versys.client.OfflineFile;
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
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.databind.json.JsonMapper;

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
        List<String> args = new ArrayList<>(List.of(command));
        args.addAll(List.of(more));
        args.addAll(List.of("--dir", vendor.toString()));
        return line.execute(args.toArray(String[]::new));
    }

    private int versysAs(Path person, String command, String... more) {
        Path before = vendor;
        vendor = person;
        try {
            return versys(command, more);
        } finally {
            vendor = before;
        }
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
        assertThat(channel("dev").release(Version.of("1.0.0")).orElseThrow().about().notes())
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
        assertThat(
                        channel("stable")
                                .release(Version.of("1.1.0"))
                                .orElseThrow()
                                .availability()
                                .withdrawn())
                .isPresent();
        assertThat(versys("withdraw", "9.9.9", "--channel", "stable", "--reason", "x"))
                .isEqualTo(4);
    }

    @Test
    void editsAreLookedAtBeforeTheyAreSigned() throws Exception {
        versys("publish", bundle("1.0.0", "<1.0.0", "a").toString(), "--channel", "dev");
        versys("publish", bundle("2.0.0", ">=1.0.0 <2.0.0", "b").toString(), "--channel", "dev");
        String narrow = bundle("3.0.0", ">=2.5.0 <3.0.0", "c").toString();
        Path hosts = directory.resolve("hosts.json");
        Files.writeString(hosts, "[{\"version\":\"1.0.0\",\"count\":3}]");

        assertThat(versys("publish", narrow, "--channel", "dev")).isEqualTo(4);
        assertThat(err.toString()).contains("2.0.0 cannot reach 3.0.0", "--accept-finding");
        assertThat(channel("dev").releases()).hasSize(2);
        String accept = "--accept-finding=stranded,second-head";
        assertThat(versys("publish", narrow, "--channel", "dev", accept)).isZero();
        String known = "--hosts=" + hosts;
        assertThat(versys("block", "2.0.0", "--channel=dev", "--reason=x", known, "--json"))
                .isZero();
        assertThat(JsonMapper.shared().readTree(out.toString()).path("words").toString())
                .contains("3 of 3 reporting hosts");
        assertThat(versys("unblock", "2.0.0", "--channel=dev")).isZero();
        assertThat(versys("withdraw", "2.0.0", "--channel=dev", "--reason=x", known)).isZero();
        String lost = "3 of 3 reporting hosts lose their way forward.";
        assertThat(out.toString()).contains(lost);
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

    /// Bob has a copy of the directory without the keys of people.
    private Path bob() throws Exception {
        Path bob = Files.createDirectories(directory.resolve("bob"));
        Files.copy(vendor.resolve("versys.yaml"), bob.resolve("versys.yaml"));
        Files.copy(vendor.resolve("root.json"), bob.resolve("root.json"));
        Files.createDirectories(bob.resolve("keys"));
        Files.copy(vendor.resolve("keys/online.pem"), bob.resolve("keys/online.pem"));
        return bob;
    }

    private Path pendingChange() throws Exception {
        try (var files = Files.list(vendor.resolve("pending"))) {
            return files.findFirst().orElseThrow();
        }
    }

    @Test
    void twoPeopleMustAgreeOnStable() throws Exception {
        Path bob = bob();
        assertThat(versysAs(bob, "key", "new", "bob", "--no-passphrase")).isZero();
        String key = bob.resolve("keys/bob.pub.json").toString();
        assertThat(versys("key", "add", "shop-channel-stable", "--key", key, "--threshold", "2"))
                .isZero();
        assertThat(out.toString())
                .contains("may sign shop-channel-stable")
                .contains("shop-channel-stable needs 2 signatures, not 1")
                .contains("has 1 of 2 signatures; still to sign")
                .doesNotContain("Published");
        String change = pendingChange().toString();
        assertThat(versysAs(bob, "sign", change)).isZero();
        assertThat(out.toString())
                .contains("key bob may sign shop-channel-stable")
                .contains("Published");
        assertThat(versysAs(bob, "sign", change)).isZero();
        assertThat(out.toString()).contains("Nothing to do: all of this is published already");
        Files.delete(Path.of(change));

        versys("publish", bundle("1.0.0", "<1.0.0", "a").toString(), "--channel", "dev");
        assertThat(versys("promote", "1.0.0", "--from", "dev", "--to", "stable")).isZero();
        assertThat(out.toString()).contains("has 1 of 2 signatures").doesNotContain("Published");
        assertThat(host().find("shop/channels/stable.json")).isEmpty();
        assertThat(versys("sign")).isZero();
        assertThat(out.toString()).contains("Nothing is needed from you now");
        assertThat(versysAs(bob, "sign", pendingChange().toString())).isZero();
        assertThat(out.toString()).contains("adds shop 1.0.0 to stable").contains("Published");
        assertThat(channel("stable").releases()).hasSize(1);
    }

    @Test
    void aChangeThatShowsAnotherDocumentThanItSignsIsRefused() throws Exception {
        Path bob = bob();
        versysAs(bob, "key", "new", "bob", "--no-passphrase");
        String key = bob.resolve("keys/bob.pub.json").toString();
        versys("key", "add", "shop-channel-dev", "--key", key, "--threshold", "2");
        versysAs(bob, "sign", pendingChange().toString());
        Files.delete(pendingChange());
        versys("publish", bundle("1.0.0", "<1.0.0", "a").toString(), "--channel", "dev");
        Path change = pendingChange();
        Files.writeString(change, Files.readString(change).replace("1.0.0\\\"", "9.0.0\\\""));
        assertThat(versysAs(bob, "sign", change.toString())).isEqualTo(4);
        assertThat(err.toString()).contains("shows another shop/channels/dev.json");
        Files.writeString(change, "{}");
        assertThat(versysAs(bob, "sign", change.toString())).isEqualTo(4);
    }

    @Test
    void everyRolesKeysCanBeRotatedAndHostsFollow() throws Exception {
        host();
        for (String role : new String[] {"root", "targets", "shop-releases", "shop-channel-dev"}) {
            assertThat(versys("key", "rotate", role, "--no-passphrase")).as(role).isZero();
            assertThat(out.toString()).contains("Published");
            host();
        }
        assertThat(versys("publish", bundle("1.0.0", "<1.0.0", "a").toString(), "--channel", "dev"))
                .isZero();
        assertThat(channel("dev").releases()).hasSize(1);
        assertThat(versys("key", "show")).isZero();
        assertThat(out.toString())
                .containsPattern("root\\.2 +\\w+ +signs root")
                .contains("signs nothing");
    }

    @Test
    void keysAreAddedAndRemoved() throws Exception {
        versys("key", "new", "ci", "--no-passphrase");
        String key = vendor.resolve("keys/ci.pub.json").toString();
        assertThat(versys("key", "add", "shop-channel-dev", "--key", key)).isZero();
        assertThat(versys("key", "remove", "shop-channel-dev", "--key", "shop-channel-dev"))
                .isZero();
        assertThat(out.toString()).contains("may no longer sign shop-channel-dev");
        assertThat(versys("key", "remove", "shop-channel-dev", "--key", "ci")).isEqualTo(4);
        assertThat(err.toString()).contains("would need 1 signatures of 0 keys");
        assertThat(versys("key", "remove", "shop-channel-dev", "--key", "zzz")).isEqualTo(4);
        assertThat(versys("key", "add", "snapshot", "--key", key)).isEqualTo(4);
        assertThat(versys("publish", bundle("1.0.0", "<1.0.0", "a").toString(), "--channel", "dev"))
                .isZero();
    }

    @Test
    void statusWarnsBeforeAnythingExpiresAndRenewingHelps() throws Exception {
        assertThat(versys("status")).isZero();
        assertThat(out.toString())
                .contains("shop-channel-stable")
                .contains("renewed by versys sign");
        assertThat(versys("status", "--valid-at", "2999-01-01")).isEqualTo(4);
        assertThat(out.toString()).contains("TOO EARLY").contains("versys sign --renew root");
        assertThat(versys("status", "--valid-at", "2020-01-01")).isZero();
        assertThat(versys("status", "--valid-at", "soon")).isEqualTo(4);
        // Expiry counts in seconds: within the one of `init` there is nothing to renew.
        await().untilAsserted(() -> {
            renew("root", "targets", "shop-releases");
            assertThat(versys("status")).isZero();
            assertThat(out.toString())
                    .containsPattern("root +version 2")
                    .containsPattern("targets +version 2")
                    .containsPattern("shop-releases +version 2");
        });
        host();
    }

    private void renew(String... roles) {
        List<String> options = new ArrayList<>();
        for (String role : roles) {
            options.addAll(List.of("--renew", role));
        }
        assertThat(versys("sign", options.toArray(String[]::new))).isZero();
    }

    @Test
    void encryptedKeysNeedTheirPassphrase() throws Exception {
        Path secret = Files.writeString(directory.resolve("passphrase"), "correct horse\n");
        Path wrong = Files.writeString(directory.resolve("wrong"), "battery staple\n");
        Path other = directory.resolve("other-vendor");
        assertThat(
                        versysAs(
                                other,
                                "init",
                                "--product",
                                "shop",
                                "--channel",
                                "dev",
                                "--to",
                                directory.resolve("other-web").toString(),
                                "--passphrase-file",
                                secret.toString()))
                .isZero();
        assertThat(Files.readString(other.resolve("keys/root-1.pem")))
                .startsWith("-----BEGIN ENCRYPTED PRIVATE KEY-----");
        String bundle = bundle("1.0.0", "<1.0.0", "a").toString();
        assertThat(
                        versysAs(
                                other,
                                "publish",
                                bundle,
                                "--channel",
                                "dev",
                                "--passphrase-file",
                                wrong.toString()))
                .isEqualTo(4);
        assertThat(err.toString()).contains("does not open");
        assertThat(
                        versysAs(
                                other,
                                "publish",
                                bundle,
                                "--channel",
                                "dev",
                                "--passphrase-file",
                                secret.toString()))
                .isZero();
    }

    @Test
    void aWholeChainTravelsInOneFile() throws Exception {
        Path store = directory.resolve("offline-store");
        Repositories.trust(store, Files.readAllBytes(vendor.resolve("root.json")));
        Path first = bundle("1.0.0", "<1.0.0", "a");
        Path second = bundle("2.0.0", ">=1.0.0 <2.0.0", "b");
        versys("publish", first.toString(), second.toString(), "--channel", "stable");
        versys("key", "rotate", "root", "--no-passphrase");
        Path file = directory.resolve("chain.offline");
        assertThat(
                        versys(
                                "export",
                                "--channel",
                                "stable",
                                "--from",
                                "0.9.0",
                                "--to",
                                "2.0.0",
                                "-o",
                                file.toString()))
                .as("%s", err)
                .isEqualTo(4);
        assertThat(file).doesNotExist();
        assertThat(
                        versys(
                                "export",
                                "--channel",
                                "stable",
                                "--from",
                                "1.0.0",
                                "-o",
                                file.toString()))
                .as("%s", err)
                .isZero();
        InstantSource later = () -> Instant.now().plus(Duration.ofDays(30));
        TargetSource stale = OfflineFile.open(file, store, later, Duration.ZERO);
        assertThatThrownBy(stale::refresh).hasMessageContaining("ran out on");
        TargetSource host = OfflineFile.open(file, store, later, Duration.ofDays(29));
        host.refresh();
        Path got = directory.resolve("got.tgz");
        host.download(
                host.find("shop/releases/2.0.0/shop-2.0.0-any.tgz").orElseThrow(),
                got,
                (done, total) -> {});
        assertThat(got).hasSameBinaryContentAs(second);
        assertThat(host.find("shop/channels/stable.json")).isPresent();
        byte[] bytes = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(bytes, bytes.length / 2));
        assertThatThrownBy(() -> OfflineFile.open(file, store, later, Duration.ZERO))
                .hasMessageContaining("is no offline file");
    }

    @Test
    void aSignatureCanComeFromAMachineWithoutANetwork() throws Exception {
        Path bob = bob();
        versysAs(bob, "key", "new", "bob", "--no-passphrase");
        String key = bob.resolve("keys/bob.pub.json").toString();
        versys("key", "add", "shop-channel-stable", "--key", key, "--threshold", "2");
        String change = pendingChange().toString();
        Path payload = directory.resolve("payload");
        CommandLine line = CommandRunner.prepare(new Main(), false);
        line.setErr(new PrintWriter(err));
        assertThat(line.execute("payload", "get", change, "root", "-o", payload.toString()))
                .isEqualTo(4);
        assertThat(
                        line.execute(
                                "payload",
                                "get",
                                change,
                                "shop-channel-stable",
                                "-o",
                                payload.toString()))
                .isZero();
        assertThat(versysAs(bob, "payload", "sign", payload.toString(), "--key", "bob")).isZero();
        Path signature = Files.writeString(directory.resolve("signature"), out.toString());
        assertThat(
                        line.execute(
                                "payload",
                                "add",
                                change,
                                "shop-channel-stable",
                                signature.toString()))
                .isZero();
        assertThat(versys("sign")).isZero();
        assertThat(out.toString()).contains("Published");
    }
}
