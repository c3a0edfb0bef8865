package dev.belay.supervisor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.packaging.failure.ExitCode;
import dev.belay.supervisor.testing.ShopHost;
import dev.belay.supervisor.testing.SupervisorCommand;
import dev.belay.supervisor.testing.VendorSite;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A channel that a vendor's old program published names no bytes. A host follows it and says that
/// it is weaker.
@Tag("slow")
class ChannelFormatTest {
    private static final String WEAKER = "It is weaker until the vendor publishes it again";

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
    void aChannelThatNamesBytesIsNotWarnedOf() throws Exception {
        assertThat(supervisor(ExitCode.UPDATE_AVAILABLE, "check")).doesNotContain("warning");
        assertThat(supervisor(ExitCode.DONE, "update", "--yes")).doesNotContain("warning");
        assertThat(supervisor(ExitCode.DONE, "status")).doesNotContain("warning");
        assertThat(supervisor(ExitCode.DONE, "status", "--json")).contains("\"warnings\" : [ ]");
    }

    @Test
    void oneOfFormat1IsFollowedAndSaidToBeWeakerUntilItIsPublishedAgain() throws Exception {
        site.forgetBytes();
        assertThat(supervisor(ExitCode.UPDATE_AVAILABLE, "check"))
                .contains("2.0.0 is available")
                .containsOnlyOnce(WEAKER);
        assertThat(supervisor(ExitCode.UPDATE_AVAILABLE, "check", "--json"))
                .containsPattern("\"warnings\" : \\[ \".*" + WEAKER);
        assertThat(supervisor(ExitCode.DONE, "update", "--dry-run")).containsOnlyOnce(WEAKER);
        assertThat(supervisor(ExitCode.DONE, "update", "--dry-run", "--json"))
                .containsPattern("\"warnings\" : \\[ \".*" + WEAKER);
        assertThat(supervisor(ExitCode.DONE, "update", "--yes")).containsOnlyOnce(WEAKER);
        assertThat(host.get("/health")).contains("2.0.0");
        assertThat(supervisor(ExitCode.DONE, "status"))
                .contains("warning:   The channel stable")
                .containsOnlyOnce(WEAKER);
        assertThat(supervisor(ExitCode.DONE, "status", "--json")).containsOnlyOnce(WEAKER);

        site.publish("3.0.0", "2.0.0", "ok");
        assertThat(supervisor(ExitCode.UPDATE_AVAILABLE, "check")).doesNotContain("warning");
        assertThat(supervisor(ExitCode.DONE, "status")).doesNotContain("warning");
        supervisor(ExitCode.DONE, "update", "--yes");
        assertThat(host.get("/health")).contains("3.0.0");
    }

    private String supervisor(ExitCode status, String... words) throws Exception {
        SupervisorCommand ended =
                SupervisorCommand.run(
                        Stream.concat(Stream.of(words), Stream.of("--home=" + host.home().root()))
                                .toArray(String[]::new));
        assertThat(ended.status())
                .as("%s: %s", String.join(" ", words), ended.output())
                .isEqualTo(status.status());
        return ended.output();
    }
}
