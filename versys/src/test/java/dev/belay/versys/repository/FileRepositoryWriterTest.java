package dev.belay.versys.repository;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.belay.packaging.digest.Digest;
import dev.belay.packaging.failure.BelayException;
import dev.belay.packaging.failure.RefusedException;
import dev.belay.packaging.failure.UntrustedException;
import dev.belay.versys.client.Repositories;
import dev.belay.versys.client.RepositoryLocation;
import dev.belay.versys.client.TargetSource;
import dev.belay.versys.metadata.MetadataException;
import dev.belay.versys.signing.Change;
import dev.belay.versys.signing.PublicationConflictException;
import dev.belay.versys.signing.RoleNames;
import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileRepositoryWriterTest {
    @TempDir Path directory;
    private Instant now = TestVendor.day(0);
    private RepositoryWriter writer;
    private TestVendor vendor;

    @BeforeEach
    void open() {
        writer = FileRepositoryWriter.open(directory.resolve("repository"), () -> now);
        vendor = new TestVendor(writer.onlineKey());
    }

    private TargetSource host() {
        Path store = directory.resolve("store");
        if (Files.notExists(store)) {
            Repositories.trust(store, vendor.root(1, vendor.rootKey));
        }
        return Repositories.open(
                RepositoryLocation.below(directory.resolve("repository").toUri()),
                store,
                () -> now);
    }

    private void stage(byte[] bytes) {
        writer.stage(Digest.sha256(bytes), new ByteArrayInputStream(bytes), 1000);
    }

    private String publish(String version, String content) {
        byte[] bytes = content.getBytes(UTF_8);
        String path = vendor.addRelease(version, bytes);
        stage(bytes);
        long next = vendor.releases.size() + 1;
        writer.commit("shop", Map.of("shop-releases", vendor.releases(next, vendor.releasesKey)));
        return path;
    }

    @Test
    void hostReadsWhatTheVendorPublished() throws Exception {
        assertThat(writer.initialised()).isFalse();
        assertThat(writer.initialise(vendor.firstMetadata()).changed()).isTrue();
        String path = publish("1.0", "first");
        TargetSource host = host();
        host.refresh();
        TargetSource.Target target = host.find(path).orElseThrow();
        assertThat(new String(host.read(target, 100), UTF_8)).isEqualTo("first");
        Path file = directory.resolve("bundle.tgz");
        host.download(target, file, (done, total) -> {});
        assertThat(file).hasContent("first");
        assertThat(host.find("shop/releases/2.0/shop-2.0-any.tgz")).isEmpty();
        assertThat(writer.currentSnapshotVersion()).isEqualTo(2);
    }

    @Test
    void publishingTheSameBytesAgainChangesNothing() {
        writer.initialise(vendor.firstMetadata());
        publish("1.0", "first");
        byte[] same = vendor.releases(2, vendor.releasesKey);
        assertThat(writer.commit("shop", Map.of("shop-releases", same)))
                .isEqualTo(new RepositoryWriter.Commit(2, false));
    }

    @Test
    void refusesOtherBytesForAPublishedRelease() {
        writer.initialise(vendor.firstMetadata());
        publish("1.0", "first");
        byte[] other = "other".getBytes(UTF_8);
        vendor.addRelease("1.0", other);
        stage(other);
        byte[] signed = vendor.releases(3, vendor.releasesKey);
        assertThatThrownBy(() -> writer.commit("shop", Map.of("shop-releases", signed)))
                .isInstanceOf(PublicationConflictException.class)
                .extracting(e -> ((BelayException) e).kind())
                .isEqualTo("release-exists");
        assertThat(writer.currentSnapshotVersion()).isEqualTo(2);
    }

    @Test
    void refusesWhatTheRoleMayNotSign() {
        writer.initialise(vendor.firstMetadata());
        byte[] byWrongKey = vendor.releases(2, vendor.channelKey);
        assertThatThrownBy(() -> writer.commit("shop", Map.of("shop-releases", byWrongKey)))
                .isInstanceOf(MetadataException.class)
                .hasMessageContaining("0 of the 1 signatures");
        vendor.channel.putAll(vendor.releases);
        vendor.addRelease("1.0", new byte[0]);
        vendor.channel.putAll(vendor.releases);
        stage(new byte[0]);
        byte[] releaseInChannel = vendor.channel(2, vendor.channelKey);
        assertThatThrownBy(() ->
                        writer.commit("shop", Map.of("shop-channel-stable", releaseInChannel)))
                .isInstanceOf(MetadataException.class)
                .hasMessageContaining("may not sign");
        byte[] targets = vendor.targets(2, vendor.targetsKey);
        assertThatThrownBy(() -> writer.commit("shop", Map.of("targets", targets)))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("cannot be published here");
    }

    @Test
    void refusesNamesThatSomeFileSystemDoesNotKeepOrKeepApart() {
        writer.initialise(vendor.firstMetadata());
        publish("1.0-rc1", "first");
        for (String version :
                List.of("1.0-RC1", "con", "AUX.1", "2.", "3".repeat(100), "v/../../x")) {
            vendor.addRelease(version, new byte[0]);
            stage(new byte[0]);
            byte[] signed = vendor.releases(3, vendor.releasesKey);
            assertThatThrownBy(() -> writer.commit("shop", Map.of("shop-releases", signed)))
                    .as(version)
                    .isInstanceOf(UntrustedException.class)
                    .hasMessageContaining("Malformed metadata");
            vendor.releases.remove(RoleNames.bundlePath("shop", version, "any"));
        }
        publish("1.0", "second");
    }

    @Test
    void refusesWhatWouldBeValidForEver() {
        vendor.expires = Instant.parse("9999-12-31T00:00:00Z");
        assertThatThrownBy(() -> writer.initialise(vendor.firstMetadata()))
                .isInstanceOf(UntrustedException.class)
                .hasMessageContaining("would be valid until 9999");
    }

    @Test
    void refusesMetadataWhoseBlobIsMissing() {
        writer.initialise(vendor.firstMetadata());
        vendor.addRelease("1.0", "never uploaded".getBytes(UTF_8));
        byte[] signed = vendor.releases(2, vendor.releasesKey);
        assertThatThrownBy(() -> writer.commit("shop", Map.of("shop-releases", signed)))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("are not here");
    }

    @Test
    void keepsNothingOfAnUploadThatIsNotWhatItSays() throws Exception {
        byte[] body = "body".getBytes(UTF_8);
        Digest other = Digest.sha256("other".getBytes(UTF_8));
        assertThatThrownBy(() -> writer.stage(other, new ByteArrayInputStream(body), 1000))
                .isInstanceOf(RefusedException.class);
        assertThatThrownBy(
                        () -> writer.stage(Digest.sha256(body), new ByteArrayInputStream(body), 3))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("longer than 3");
        try (var staged = Files.list(directory.resolve("repository/staged"))) {
            assertThat(staged).isEmpty();
        }
    }

    private boolean staged(byte[] bytes) {
        return Files.exists(directory.resolve("repository/staged/" + Digest.sha256(bytes).hex()));
    }

    @Test
    void blobsThatNobodyNamesAreForgottenAWeekAfterTheirLastUpload() {
        writer.initialise(vendor.firstMetadata());
        byte[] once = "once".getBytes(UTF_8);
        byte[] twice = "twice".getBytes(UTF_8);
        stage(once);
        stage(twice);
        now = TestVendor.day(5);
        stage(twice);
        now = TestVendor.day(8);
        writer.renewIfDue();
        assertThat(staged(once)).isFalse();
        assertThat(staged(twice)).isTrue();
        now = TestVendor.day(13);
        writer.renewIfDue();
        assertThat(staged(twice)).isFalse();
    }

    @Test
    void blobsOfAChangeThatWaitsForSignaturesStayAsLongAsIt() {
        writer.initialise(vendor.firstMetadata());
        byte[] bytes = "bundle".getBytes(UTF_8);
        vendor.addRelease("1.0", bytes);
        Change change =
                Change.of(
                        Map.of("shop-releases", vendor.releases(2, vendor.releasesKey)), Map.of());
        assertThatThrownBy(() -> writer.requireStageable("shop", change))
                .hasMessageContaining("are not here");
        stage(bytes);
        writer.requireStageable("shop", change);
        now = TestVendor.day(29);
        writer.renewIfDue();
        assertThat(staged(bytes)).isTrue();
        assertThat(writer.commit("shop", change.metadata()).changed()).isTrue();
        now = TestVendor.day(31);
        writer.renewIfDue();
        assertThat(staged(bytes)).isFalse();
        assertThatThrownBy(() -> writer.requireStageable("other", change))
                .isInstanceOf(RefusedException.class);
    }

    @Test
    void ofTwoPublishersAtOnceOneWinsAndTheOtherCanRetry() throws Exception {
        writer.initialise(vendor.firstMetadata());
        RepositoryWriter second =
                FileRepositoryWriter.open(directory.resolve("repository"), () -> now);
        byte[] bytes = "a".getBytes(UTF_8);
        stage(bytes);
        vendor.addRelease("1.0", bytes);
        byte[] one = vendor.releases(2, vendor.releasesKey);
        vendor.addRelease("1.1", bytes);
        byte[] two = vendor.releases(2, vendor.releasesKey);
        try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
            Callable<String> first = () -> outcome(writer, one);
            Callable<String> other = () -> outcome(second, two);
            var results = threads.invokeAll(List.of(first, other));
            assertThat(results.stream().map(Future::resultNow))
                    .containsExactlyInAnyOrder("published", "metadata-conflict");
        }
        assertThat(writer.currentSnapshotVersion()).isEqualTo(2);
        assertThat(outcome(second, vendor.releases(3, vendor.releasesKey))).isEqualTo("published");
    }

    private static String outcome(RepositoryWriter writer, byte[] releases) {
        try {
            writer.commit("shop", Map.of("shop-releases", releases));
            return "published";
        } catch (PublicationConflictException e) {
            return e.kind();
        }
    }

    @Test
    void renewsTimestampAndSnapshotBeforeTheyExpire() {
        writer.initialise(vendor.firstMetadata());
        assertThat(writer.renewIfDue()).isFalse();
        for (int day = 1; day < 40; day++) {
            now = TestVendor.day(day);
            writer.renewIfDue();
            host().refresh();
        }
        assertThat(writer.currentSnapshotVersion()).isBetween(4L, 8L);
    }

    @Test
    void rootRotationReachesOldAndNewHosts() {
        writer.initialise(vendor.firstMetadata());
        host().refresh();
        writer.commit(Map.of("root", vendor.root(2, vendor.rootKey)));
        host().refresh();
        byte[] notSignedByOldKeys = vendor.root(3, vendor.targetsKey);
        assertThatThrownBy(() -> writer.commit(Map.of("root", notSignedByOldKeys)))
                .isInstanceOf(MetadataException.class);
        host().refresh();
    }

    @Test
    void filesLeftByACommitThatWasCutShortDoNotMatter() throws Exception {
        writer.initialise(vendor.firstMetadata());
        Path metadata = writer.metadataDirectory();
        Files.writeString(metadata.resolve("2.shop-releases.json"), "half of a fi");
        Files.writeString(metadata.resolve("2.snapshot.json"), "garbage");
        host().refresh();
        String path = publish("1.0", "first");
        TargetSource host = host();
        host.refresh();
        assertThat(host.find(path)).isPresent();
    }
}
