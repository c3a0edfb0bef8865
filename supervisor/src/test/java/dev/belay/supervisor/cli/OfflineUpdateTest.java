package dev.belay.supervisor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.packaging.durable.DurableFiles;
import dev.belay.packaging.failure.ExitCode;
import dev.belay.supervisor.testing.ShopHost;
import dev.belay.supervisor.testing.SupervisorCommand;
import dev.belay.supervisor.testing.TreeImage;
import dev.belay.supervisor.testing.VendorSite;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.SortedMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A host that a vendor reaches by nothing but files that somebody carries there: real commands, a
/// real product, a repository whose web server is gone.
@Tag("slow")
class OfflineUpdateTest {
    @TempDir Path directory;
    private VendorSite site;
    private ShopHost host;
    private Path home;

    @BeforeEach
    void aHostWithVisitorsWhoseServerIsGone() throws Exception {
        site = new VendorSite(directory.resolve("site"));
        site.publish("1.0.0", "none", "ok");
        home = directory.resolve("home");
        SupervisorCommand installed =
                SupervisorCommand.run(
                        "install",
                        "--home=" + home,
                        "--server=" + site.uri(),
                        "--product=shop",
                        "--root=" + site.root(),
                        "--no-start");
        assertThat(installed.status()).as(installed.output()).isZero();
        host = new ShopHost(home, directory.resolve("no-repository"));
        host.chooseFreePort();
        supervisor(0, "start");
        host.visit(3);
        site.close();
    }

    @AfterEach
    void nothingIsLeftRunning() {
        host.stop();
    }

    @Test
    void walksTwoHopsFromAFileAndOneMoreFromADirectory() throws Exception {
        site.publish("2.0.0", "1.0.0", "ok");
        site.publish("3.0.0", "2.0.0", "ok");
        Path file = export("1.0.0", "chain.offline");
        supervisor(1, "check"); // the network is gone indeed

        String offline = "--offline=" + file;
        assertThat(supervisor(ExitCode.UPDATE_AVAILABLE.status(), "check", offline))
                .contains("3.0.0 is available; 2 hops");
        assertThat(supervisor(0, "explain", offline)).contains("3.0.0");
        assertThat(supervisor(0, "update", "--dry-run", offline))
                .contains("1.0.0 -> 2.0.0", "2.0.0 -> 3.0.0", "What is new in 2.0.0");
        assertThat(host.get("/health")).contains("1.0.0");
        assertThat(supervisor(0, "update", "--yes", offline))
                .contains("3.0.0 is installed and healthy");
        assertThat(host.get("/health")).contains("3.0.0");
        assertThat(host.rows()).contains("3 somebody", "migrated_to_2_0_0", "migrated_to_3_0_0");
        assertThat(supervisor(0, "update", "--yes", offline)).contains("nothing newer");
        assertThat(journals()).contains("offline file " + file);

        site.rotateRoot();
        site.rotateRoot();
        site.publish("4.0.0", "3.0.0", "ok");
        assertThat(supervisor(0, "update", "--yes", "--offline=" + site.repository()))
                .contains("4.0.0 is installed and healthy");
        assertThat(home.resolve(".supervisor/tuf/root.json")).content().contains("\"version\":3");
    }

    @Test
    void aHostThatMissedEveryRotationOfTheRootFollowsTheFile() throws Exception {
        site.publish("2.0.0", "1.0.0", "ok");
        for (int i = 0; i < 3; i++) {
            site.rotateRoot();
        }
        Path file = export("1.0.0", "chain.offline");
        assertThat(supervisor(0, "update", "--yes", "--offline=" + file))
                .contains("2.0.0 is installed and healthy");
    }

    @Test
    void anOldFileIsRefusedUntilItsAdminSaysHowOldItMayBeAndNeverBelowWhatWasSeen()
            throws Exception {
        site.publish("2.0.0", "1.0.0", "ok");
        Path older = export("1.0.0", "older.offline");
        site.publish("2.0.1", "2.0.0", "ok");
        Path stale = export("1.0.0", "stale.offline", "2.0.0");
        site.age(older, Instant.now().minusSeconds(7200));
        site.age(stale, Instant.now().minusSeconds(3600));
        Map<String, String> before = untouched();

        String refused =
                supervisor(ExitCode.TRUST.status(), "update", "--yes", "--offline=" + stale);
        assertThat(refused)
                .contains(
                        "ran out on ", "Nothing was changed", "the running product is not affected")
                .contains("--accept-staleness 1d");
        assertThat(supervisor(ExitCode.TRUST.status(), "check", "--offline=" + stale))
                .contains("ran out on ");
        assertThat(supervisor(ExitCode.TRUST.status(), accepting(stale, "1s")))
                .contains("longer ago than the accepted 1s");
        assertThat(untouched()).isEqualTo(before);
        assertThat(host.get("/health")).contains("1.0.0");

        assertThat(supervisor(0, accepting(stale, "1d", "--to=2.0.0")))
                .contains("2.0.0 is installed and healthy");
        assertThat(journals()).contains(stale.toString(), "accepted up to 1d");
        assertThat(Files.readString(home.resolve(".supervisor/events.jsonl")))
                .contains("staleness-accepted");

        Map<String, String> after = untouched();
        assertThat(supervisor(ExitCode.TRUST.status(), accepting(older, "3650d")))
                .contains("older than what this host has seen", "Nothing was changed");
        assertThat(untouched()).isEqualTo(after);
        assertThat(supervisor(ExitCode.USAGE.status(), "update", "--accept-staleness=1d"))
                .contains("--offline");
        assertThat(supervisor(ExitCode.USAGE.status(), accepting(stale, "a while")))
                .contains("'a while' is no duration");
        assertThat(host.get("/health")).contains("2.0.0");
    }

    @Test
    void t03DeletingWhatTheHostTrustsDoesNotMakeItForget() throws Exception {
        site.publish("2.0.0", "1.0.0", "ok");
        Path older = export("1.0.0", "older.offline");
        site.publish("2.0.1", "2.0.0", "ok");
        Path newer = export("1.0.0", "newer.offline");
        supervisor(ExitCode.UPDATE_AVAILABLE.status(), "check", "--offline=" + newer);
        DurableFiles.deleteTree(home.resolve(".supervisor/tuf"));
        for (int attempt = 0; attempt < 2; attempt++) {
            assertThat(supervisor(ExitCode.TRUST.status(), "update", "--yes", "--offline=" + older))
                    .contains("older than what this host has seen", "timestamp went back");
            // again with what an admin would put there, or an attacker
            Files.createDirectories(home.resolve(".supervisor/tuf"));
            Files.copy(
                    site.root(),
                    home.resolve(".supervisor/tuf/root.json"),
                    StandardCopyOption.REPLACE_EXISTING);
        }
        assertThat(host.get("/health")).contains("1.0.0");
        DurableFiles.deleteTree(home.resolve(".supervisor/tuf"));
        assertThat(supervisor(ExitCode.UPDATE_AVAILABLE.status(), "check", "--offline=" + newer))
                .contains("2.0.1 is available");
    }

    @Test
    void whatIsNoFileForThisHostLeavesItAsItWas() throws Exception {
        site.publish("2.0.0", "1.0.0", "ok");
        Path file = export("1.0.0", "chain.offline");
        byte[] bytes = Files.readAllBytes(file);
        Map<String, String> before = untouched();
        supervisor(0, "status");

        Path cut = directory.resolve("cut.offline");
        for (int length : new int[] {0, 1, bytes.length / 2, bytes.length - 1}) {
            Files.write(cut, Arrays.copyOf(bytes, length));
            refuses(cut, "is no offline file");
        }
        refuses(directory.resolve("nowhere"), "it does not exist");
        refuses(directory, "metadata/timestamp.json");
        refuses(Path.of("/dev/null"), "neither a file nor a directory");
        // the middle of the second bundle
        byte[] altered = bytes.clone();
        for (int at = altered.length / 2; at < altered.length / 2 + 64; at++) {
            altered[at] ^= 0x55;
        }
        refuses(Files.write(cut, altered), "cut.offline");

        try (VendorSite other = new VendorSite(directory.resolve("other"))) {
            other.publish("1.0.0", "none", "ok");
            other.publish("2.0.0", "1.0.0", "ok");
            Path foreign = directory.resolve("foreign.offline");
            other.export("1.0.0", foreign);
            refuses(foreign, "not signed by the vendor whom this host trusts");
        }
        assertThat(untouched()).isEqualTo(before);
        Files.writeString(
                home.resolve("supervisor.yaml"),
                Files.readString(home.resolve("supervisor.yaml"))
                        .replace("channel: stable", "channel: beta"));
        refuses(file, "channel");
        assertThat(untouched()).isEqualTo(before);
        assertThat(host.get("/health")).contains("1.0.0");
    }

    private void refuses(Path file, String words) throws Exception {
        SupervisorCommand refused = run("update", "--yes", "--offline=" + file);
        assertThat(refused.status())
                .as(refused.output())
                .isIn(ExitCode.REFUSED.status(), ExitCode.TRUST.status(), ExitCode.FAILED.status());
        assertThat(refused.output())
                .contains("error: ", words, "Nothing was changed")
                .doesNotContain("\tat ");
    }

    private static String[] accepting(Path file, String staleness, String... more) {
        return Stream.concat(
                        Stream.of(
                                "update",
                                "--yes",
                                "--offline=" + file,
                                "--accept-staleness=" + staleness),
                        Stream.of(more))
                .toArray(String[]::new);
    }

    private Path export(String from, String name, String... to) {
        Path file = directory.resolve(name);
        site.export(from, file, to);
        return file;
    }

    /// What the host trusts, and its releases, configuration and data.
    private SortedMap<String, String> untouched() throws IOException {
        SortedMap<String, String> image = host.image();
        image.remove("supervisor.yaml");
        image.putAll(
                TreeImage.of(home.resolve(".supervisor/tuf"), path -> !path.startsWith(".belay")));
        return image;
    }

    private String journals() throws IOException {
        StringBuilder text = new StringBuilder();
        try (Stream<Path> files = Files.list(home.resolve(".supervisor/journal"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                text.append(Files.readString(file));
            }
        }
        return text.toString();
    }

    private String supervisor(int status, String... words) throws Exception {
        SupervisorCommand command = run(words);
        assertThat(command.status()).as(command.output()).isEqualTo(status);
        return command.output();
    }

    private SupervisorCommand run(String... words) throws Exception {
        return SupervisorCommand.run(
                Stream.concat(Stream.of(words), Stream.of("--home=" + home))
                        .toArray(String[]::new));
    }
}
