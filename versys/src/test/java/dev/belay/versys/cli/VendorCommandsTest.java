package dev.belay.versys.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.belay.versys.client.OfflineFile;
import dev.belay.versys.client.Repositories;
import dev.belay.versys.client.TargetSource;
import dev.belay.versys.version.Version;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/// Releases and channels, from the command to the host.
class VendorCommandsTest extends VendorCommands {
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
}
