package dev.belay.versys.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.belay.versys.console.CommandRunner;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/// Who signs what: keys, thresholds, changes that wait for signatures.
class VendorKeysTest extends VendorCommands {
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
    void aThresholdOfNobodyIsRefused() {
        assertThat(versys("key", "rotate", "targets", "--no-passphrase", "--threshold=0"))
                .isEqualTo(4);
        assertThat(err.toString()).contains("nobody would have to sign");
        assertThat(vendor.resolve("keys/targets.2.pem")).doesNotExist();
    }

    @Test
    void bothRootKeysInOnePlaceAreRemindedOf() throws Exception {
        Path two = directory.resolve("two");
        assertThat(
                        versysAs(
                                two,
                                "init",
                                "--product=shop",
                                "--channel=dev",
                                "--to=" + directory.resolve("two-web"),
                                "--no-passphrase"))
                .isZero();
        assertThat(versysAs(two, "status")).isZero();
        assertThat(out.toString()).contains("Enough root keys to change everything are in");
        Files.delete(two.resolve("keys/root-2.pem"));
        Files.delete(two.resolve("keys/root-2.pub.json"));
        assertThat(versysAs(two, "status")).isZero();
        assertThat(out.toString()).doesNotContain("Enough root keys");
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
