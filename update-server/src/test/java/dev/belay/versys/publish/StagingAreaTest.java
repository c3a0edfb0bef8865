package dev.belay.versys.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.belay.server.storage.StagedChanges;
import dev.belay.versys.cli.VendorAtWork;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Two people who must both sign meet at the server's staging area.
@Tag("slow")
class StagingAreaTest {
    private static final String PROMOTED = "shop-channel-stable-3";
    @TempDir private Path directory;
    private VendorWithServer server;
    private VendorAtWork alice;
    private VendorAtWork bob;

    /// Alice and Bob both sign `stable`, one key signs `dev`; 1.0.0 is in `dev`.
    @BeforeEach
    void twoPeople() throws Exception {
        server = new VendorWithServer(directory);
        alice = server.founder("alice", "dev", "stable");
        bob = server.colleague(alice, "bob");
        bob.must("key", "new", "bob", "--no-passphrase");
        String token = server.publisherToken();
        server.giveToken(bob, token);
        String key = bob.home().resolve("keys/bob.pub.json").toString();
        assertThat(
                        alice.must(
                                "key",
                                "add",
                                "shop-channel-stable",
                                "--key=" + key,
                                "--threshold=2",
                                "--stage"))
                .contains("waits on the server as shop-channel-stable-2+targets-2");
        assertThat(bob.must("sign", "--yes"))
                .contains("key bob may sign shop-channel-stable", "admin token");
        assertThat(alice.must("sign")).contains("Published");
        server.giveToken(alice, token);
        alice.must("publish", alice.bundle("1.0.0").toString(), "--channel=dev");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private void promoteStaged(String version) {
        assertThat(alice.must("promote", version, "--from=dev", "--to=stable", "--stage"))
                .contains("has 1 of 2 signatures", "waits on the server as " + PROMOTED);
    }

    private boolean stableIsPublished() throws Exception {
        return server.host(alice, "host").find("shop/channels/stable.json").isPresent();
    }

    private String put(String name, String body) throws Exception {
        String token = Files.readString(alice.home().resolve("token")).strip();
        var answer = server.send("PUT", "api/v1/products/shop/changes/" + name, token, body);
        return answer.statusCode() + " " + answer.body();
    }

    private Path stagedFile() {
        return directory.resolve("data/changes/shop/" + PROMOTED + ".json");
    }

    @Test
    void theSecondSignaturePublishes() throws Exception {
        promoteStaged("1.0.0");
        assertThat(stableIsPublished()).isFalse();
        assertThat(bob.must("status"))
                .contains("Waits on the server: " + PROMOTED)
                .contains("shop-channel-stable has 1 of 2 signatures; still to sign: bob.");
        assertThat(alice.must("sign", "--yes")).contains("Nothing is needed from you now");
        assertThat(bob.must("sign", "--yes")).contains("adds shop 1.0.0 to stable", "Published");
        assertThat(stableIsPublished()).isTrue();
        assertThat(bob.must("sign", "--yes"))
                .contains("Nothing is needed from you now")
                .doesNotContain(PROMOTED);
        assertThat(bob.must("status")).doesNotContain("Waits on the server");
    }

    @Test
    void nobodySignsUnseen() throws Exception {
        promoteStaged("1.0.0");
        assertThat(bob.must("sign"))
                .contains("adds shop 1.0.0 to stable", "versys sign --yes", "Not signed");
        assertThat(stableIsPublished()).isFalse();
    }

    @Test
    void whatSomebodyOvertookIsNamedAndTakenAway() throws Exception {
        promoteStaged("1.0.0");
        alice.must("publish", alice.bundle("1.1.0").toString(), "--channel=dev");
        // The same edit through files, which is faster.
        alice.must("promote", "1.1.0", "--from=dev", "--to=stable");
        Path change = directory.resolve("alice/pending/" + PROMOTED + ".change.json");
        assertThat(bob.must("sign", change.toString())).contains("Published");

        assertThat(bob.must("status")).contains("versys unstage " + PROMOTED);
        assertThat(bob.must("sign", "--yes"))
                .contains("Somebody published something else in between");
        bob.must("unstage", PROMOTED);
        assertThat(bob.versys("unstage", PROMOTED)).isEqualTo(4);
        assertThat(bob.must("status")).doesNotContain(PROMOTED);
    }

    @Test
    void anotherChangeOfTheSameRoleIsAConflict() throws Exception {
        promoteStaged("1.0.0");
        alice.must("publish", alice.bundle("1.1.0").toString(), "--channel=dev");
        assertThat(alice.versys("promote", "1.1.0", "--from=dev", "--to=stable", "--stage"))
                .isEqualTo(4);
        assertThat(alice.said())
                .contains("Another change of the same roles waits", "versys unstage");
        assertThat(bob.must("sign", "--yes")).contains("adds shop 1.0.0 to stable");
    }

    @Test
    void nothingUntrueWaitsOnTheServer() throws Exception {
        promoteStaged("1.0.0");
        String good = Files.readString(stagedFile());
        alice.must("unstage", PROMOTED);
        assertThat(put(PROMOTED, good)).startsWith("201");
        assertThat(put(PROMOTED, good)).startsWith("200");
        alice.must("unstage", PROMOTED);

        assertThat(put("shop-channel-stable-4", good)).startsWith("400").contains("change-invalid");
        assertThat(put(PROMOTED, "{}")).startsWith("400").contains("change-invalid");
        assertThat(put(PROMOTED, good.replace("1.0.0\\\"", "9.0.0\\\"")))
                .startsWith("400")
                .contains("shows another");
        assertThat(put(PROMOTED, good.replaceFirst("\"sig\":\"....", "\"sig\":\"0000")))
                .startsWith("422")
                .contains("metadata-unsigned");
        assertThat(
                        put(
                                PROMOTED,
                                good.replaceFirst("\"signatures\":\\[[^]]*]", "\"signatures\":[]")))
                .startsWith("422");
        assertThat(put("..%2f..%2fx", good)).startsWith("400");
        try (Stream<Path> files = Files.list(stagedFile().getParent())) {
            assertThat(files).isEmpty();
        }
    }

    @Test
    void aChangeWaitsForThirtyDays() throws Exception {
        promoteStaged("1.0.0");
        Files.setLastModifiedTime(
                stagedFile(),
                FileTime.from(Instant.now().minus(StagedChanges.LIFE).minus(Duration.ofDays(1))));
        assertThat(bob.must("status")).doesNotContain(PROMOTED);
        await().until(() -> Files.notExists(stagedFile()));
    }

    @Test
    void withoutATokenSignAndStatusStillWork() throws Exception {
        promoteStaged("1.0.0");
        Files.delete(directory.resolve("bob/token"));
        bob.must("status");
        assertThat(bob.must("sign")).contains("Nothing is needed from you now");
        Files.writeString(directory.resolve("bob/token"), "wrong");
        assertThat(bob.must("status")).contains("What waits on the server cannot be seen");
    }
}
