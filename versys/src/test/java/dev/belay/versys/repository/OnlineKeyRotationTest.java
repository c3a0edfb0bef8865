package dev.belay.versys.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.belay.packaging.durable.DurableFiles;
import dev.belay.versys.client.Repositories;
import dev.belay.versys.client.RepositoryLocation;
import dev.belay.versys.client.TargetSource;
import dev.belay.versys.metadata.Drafts;
import dev.belay.versys.metadata.JsonParser;
import dev.belay.versys.metadata.SignedFile;
import dev.belay.versys.metadata.SigningKey;
import dev.belay.versys.metadata.TufKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The online key and the key of `targets` are replaced while hosts look.
class OnlineKeyRotationTest {
    @TempDir Path directory;
    private Instant now = TestVendor.day(0);
    private RepositoryWriter writer;
    private TestVendor vendor;
    private byte[] firstRoot;

    @BeforeEach
    void publish() {
        open();
        vendor = new TestVendor(writer.onlineKey());
        firstRoot = vendor.root(1, vendor.rootKey);
        writer.initialise(vendor.firstMetadata());
        refresh("old-host", repository());
    }

    private void open() {
        writer = FileRepositoryWriter.open(repository(), () -> now);
    }

    private Path repository() {
        return directory.resolve("repository");
    }

    private void refresh(String host, Path repository) {
        Path store = directory.resolve(host);
        if (Files.notExists(store)) {
            Repositories.trust(store, firstRoot);
        }
        TargetSource source =
                Repositories.open(RepositoryLocation.below(repository.toUri()), store, () -> now);
        source.refresh();
    }

    private void hostsOldAndNewAreServed() throws IOException {
        refresh("old-host", repository());
        DurableFiles.deleteTree(directory.resolve("new-host"));
        refresh("new-host", repository());
    }

    private SigningKey stolen() {
        return OnlineKeys.unattended(repository().resolve("keys")).newest();
    }

    private long timestampVersion() throws IOException {
        return SignedFile.timestamp(
                        Files.readAllBytes(repository().resolve("metadata/timestamp.json")))
                .signed()
                .version();
    }

    private byte[] rootWithNewestOnlineKey(long version) {
        vendor.onlineKey = TufKey.parse(JsonParser.parseObject(writer.onlineKey()));
        return vendor.root(version, vendor.rootKey);
    }

    @Test
    void hostsFollowFromTheNewestAndFromTheFirstRoot() throws Exception {
        byte[] before = writer.onlineKey();
        writer.makeOnlineKey();
        assertThat(writer.onlineKey()).isNotEqualTo(before);
        assertThat(writer.commit(Map.of("root", rootWithNewestOnlineKey(2))).changed()).isTrue();
        hostsOldAndNewAreServed();
        now = TestVendor.day(9);
        assertThat(writer.renewIfDue()).isTrue();
        hostsOldAndNewAreServed();
        byte[] timestamp = Files.readAllBytes(repository().resolve("metadata/timestamp.json"));
        assertThat(SignedFile.timestamp(timestamp).signatures())
                .containsOnlyKeys(vendor.onlineKey.computedId());
    }

    @Test
    void hostsAreServedAfterEachSingleFileOfARotation() throws Exception {
        writer.makeOnlineKey();
        servedAfterEachFile(Map.of("root", rootWithNewestOnlineKey(2)));
    }

    @Test
    void hostsAreServedAfterEachSingleFileWhenTheKeyOfTargetsChanges() throws Exception {
        SigningKey old = vendor.targetsKey;
        vendor.targetsKey = TestVendor.key(7);
        byte[] root = vendor.root(2, vendor.rootKey);
        servedAfterEachFile(
                Map.of("root", root, "targets", vendor.targets(2, old, vendor.targetsKey)));
    }

    private void servedAfterEachFile(Map<String, byte[]> metadata) throws IOException {
        RepositoryFiles files = new RepositoryFiles(repository());
        PublishedState state = files.read().orElseThrow();
        ProposedMetadata proposed = ProposedMetadata.parse(metadata, state);
        OnlineSigning online =
                new OnlineSigning(OnlineKeys.unattended(repository().resolve("keys")), files);
        CommitFiles commit =
                new CommitFiles(files, online, state, now)
                        .of(proposed, proposed.appliedTo(state), Map.of());
        assertThat(commit.files()).hasSizeGreaterThan(2);
        for (Map.Entry<String, byte[]> file : commit.files().entrySet()) {
            files.write(Map.of(file.getKey(), file.getValue()));
            hostsOldAndNewAreServed();
        }
        assertThat(files.read().orElseThrow().root().signed().version()).isEqualTo(2);
    }

    @Test
    void aLostKeyIsReplacedAlsoWhenTheTimestampHasExpired() throws Exception {
        DurableFiles.deleteTree(repository().resolve("keys"));
        now = TestVendor.day(10);
        open();
        assertThatThrownBy(writer::renewIfDue).hasMessageContaining("Root 1 lets");
        writer.commit(Map.of("root", rootWithNewestOnlineKey(2)));
        hostsOldAndNewAreServed();
    }

    @Test
    void aRootThatTheServerCouldNotServeIsRefused() throws Exception {
        vendor.onlineKey = TestVendor.key(9).publicKey();
        byte[] root = vendor.root(2, vendor.rootKey);
        assertThatThrownBy(() -> writer.commit(Map.of("root", root)))
                .hasMessageContaining("that key is not in");
        assertThat(repository().resolve("metadata/2.root.json")).doesNotExist();
        hostsOldAndNewAreServed();
    }

    @ParameterizedTest
    @ValueSource(longs = {58, Integer.MAX_VALUE, Long.MAX_VALUE})
    void t04_whatAThiefOfTheKeyCountedUpIsUndone(long version) throws Exception {
        asTheThief(version);
        refresh("old-host", repository());
        assertThat(timestampVersion()).isEqualTo(version);

        writer.makeOnlineKey();
        writer.commit(Map.of("root", rootWithNewestOnlineKey(2)));

        assertThat(timestampVersion()).isLessThan(100);
        hostsOldAndNewAreServed();
        now = TestVendor.day(9);
        writer.renewIfDue();
        hostsOldAndNewAreServed();
    }

    private void asTheThief(long version) throws IOException {
        Path metadata = repository().resolve("metadata");
        SigningKey key = stolen();
        SignedFile<?> snapshot =
                SignedFile.snapshot(Files.readAllBytes(metadata.resolve("1.snapshot.json")));
        byte[] counted =
                Drafts.sign(
                        snapshot.signedObject()
                                .with(
                                        "version",
                                        new dev.belay.versys.metadata.JsonValue.JsonInteger(
                                                version)),
                        List.of(key));
        Files.write(metadata.resolve(version + ".snapshot.json"), counted);
        Files.write(
                metadata.resolve("timestamp.json"),
                Drafts.sign(
                        Drafts.timestamp(version, TestVendor.day(3), version, counted),
                        List.of(key)));
    }

    @Test
    void s08_aRotationCutShortAnywhereIsCompletedByTheNextStart() throws Exception {
        Map<String, byte[]> before = metadata();
        DurableFiles.deleteTree(repository().resolve("keys"));
        open();
        writer.commit(Map.of("root", rootWithNewestOnlineKey(2)));
        Map<String, byte[]> after = metadata();
        List<String> written = new ArrayList<>(List.of("2.root.json", "2.snapshot.json"));
        written.add("timestamp.json");
        assertThat(after.keySet()).containsAll(written);

        for (int cut = 0; cut <= written.size(); cut++) {
            Map<String, byte[]> state = new LinkedHashMap<>(before);
            written.subList(0, cut).forEach(name -> state.put(name, after.get(name)));
            restore(state);
            Path unfinished = Files.createDirectories(repository().resolve("unfinished"));
            for (String name : written) {
                Files.write(
                        unfinished.resolve("10" + written.indexOf(name) + "-" + name),
                        after.get(name));
            }
            Files.createFile(unfinished.resolve("complete"));
            open();
            assertThat(metadata()).as("cut after %d", cut).containsExactlyEntriesOf(after);
            assertThat(unfinished).doesNotExist();
            hostsOldAndNewAreServed();
        }
    }

    @Test
    void s08_aRotationCutShortBeforeItBeganIsForgotten() throws Exception {
        Path unfinished = Files.createDirectories(repository().resolve("unfinished"));
        Files.writeString(unfinished.resolve("100-2.root.json"), "half of a fi");
        open();
        assertThat(repository().resolve("metadata/2.root.json")).doesNotExist();
        hostsOldAndNewAreServed();
    }

    private Map<String, byte[]> metadata() throws IOException {
        Map<String, byte[]> files = new TreeMap<>();
        try (Stream<Path> all = Files.list(repository().resolve("metadata"))) {
            for (Path file : all.toList()) {
                files.put(file.getFileName().toString(), Files.readAllBytes(file));
            }
        }
        return files;
    }

    private void restore(Map<String, byte[]> state) throws IOException {
        Path metadata = repository().resolve("metadata");
        for (String gone : Set.copyOf(metadata().keySet())) {
            Files.delete(metadata.resolve(gone));
        }
        for (Map.Entry<String, byte[]> file : state.entrySet()) {
            Files.write(metadata.resolve(file.getKey()), file.getValue());
        }
        DurableFiles.deleteTree(directory.resolve("old-host"));
    }
}
