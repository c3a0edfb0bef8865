package dev.belay.versys.client.kill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.belay.packaging.digest.LimitedInputStream;
import dev.belay.versys.client.ClientLimits;
import dev.belay.versys.client.Fetcher;
import dev.belay.versys.client.MetadataStores;
import dev.belay.versys.client.TufClient;
import dev.belay.versys.metadata.MetadataException;
import dev.belay.versys.metadata.SnapshotMetadata;
import dev.belay.versys.metadata.TimestampMetadata;
import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// What must hold of a store and its targets whatever happened to the client.
///
/// @param directory for copies
record StoreChecks(TufHost host, LiveRepository repository, Path directory) {

    /// Lets a run be disturbed while the repository has something new, and checks what it leaves
    /// and what the next run makes of it.
    ///
    /// @return whether the run failed
    boolean disturbed(KillPoint point, Path log) throws Exception {
        Map<String, byte[]> oldFiles = repository.files();
        TreeMap<String, Long> before = host.versions();
        repository.moveOn();
        boolean failed = point.strike(host, repository, log);

        TreeMap<String, Long> left = host.versions();
        assertNothingOlder(before, left, "after " + point);
        assertEverythingWasServed(point.toString());
        assertRefusesToGoBack(oldFiles, before, left, point.toString());

        host.succeed(log);
        assertNothingOlder(left, host.versions(), "after the run after " + point);
        assertUpToDate(point.toString());
        return failed;
    }

    static void assertNothingOlder(
            TreeMap<String, Long> before, TreeMap<String, Long> after, String when) {
        before.forEach((role, version) ->
                assertThat(after.get(role))
                        .as("%s, %s", role, when)
                        .isGreaterThanOrEqualTo(version));
    }

    /// Under visible names lies only what the repository had at some time, byte for byte.
    void assertEverythingWasServed(String when) throws Exception {
        for (Path place : List.of(host.store, host.targets)) {
            TufHost.visible(place)
                    .forEach((name, bytes) ->
                            assertThat(repository.everHad(bytes))
                                    .as("%s, %s", name, when)
                                    .isTrue());
        }
    }

    /// The state before, offered again to a host that a killed client left: refused as soon as one
    /// file is newer, and no version goes down.
    void assertRefusesToGoBack(
            Map<String, byte[]> oldFiles,
            TreeMap<String, Long> before,
            TreeMap<String, Long> left,
            String when)
            throws Exception {
        TufHost copy = new TufHost(Files.createTempDirectory(directory, "copy"), repository);
        for (Map.Entry<String, byte[]> file : TufHost.visible(host.store).entrySet()) {
            Files.write(copy.store.resolve(file.getKey()), file.getValue());
        }
        Fetcher old =
                (address, offset, max) ->
                        Optional.ofNullable(oldFiles.get(address.substring("old:/".length())))
                                .map(bytes ->
                                        new Fetcher.Arriving(
                                                0,
                                                new LimitedInputStream(
                                                        new ByteArrayInputStream(bytes), max)));
        TufClient client =
                new TufClient(
                        old,
                        1,
                        "old:/",
                        "old:/targets/",
                        MetadataStores.inDirectory(copy.store),
                        ClientLimits.DEFAULT);
        if (left.get("timestamp") > before.get("timestamp")) {
            assertThatThrownBy(() -> client.refresh(Instant.now()))
                    .as(when)
                    .isInstanceOf(MetadataException.class);
        }
        assertNothingOlder(left, copy.versions(), "with the old state offered after " + when);
    }

    void assertUpToDate(String when) throws Exception {
        for (String role : LiveRepository.ROLES) {
            assertThat(host.store.resolve(role + ".json"))
                    .as("%s, %s", role, when)
                    .hasBinaryContent(repository.newest(role));
        }
        for (String path : List.of(LiveRepository.SMALL, LiveRepository.LARGE)) {
            assertThat(host.targets.resolve(path.replace("/", "%2F")))
                    .as("%s, %s", path, when)
                    .hasBinaryContent(repository.newest("targets/" + path));
        }
        assertThat(host.leftovers()).as(when).isEmpty();
    }

    /// Timestamp, snapshot and the roles below it belong together.
    void assertOneState() throws Exception {
        Map<String, byte[]> files = TufHost.visible(host.store);
        TimestampMetadata timestamp =
                (TimestampMetadata) TufHost.parse("timestamp", files.get("timestamp.json"));
        timestamp.snapshot().verify("snapshot", files.get("snapshot.json"));
        SnapshotMetadata snapshot =
                (SnapshotMetadata) TufHost.parse("snapshot", files.get("snapshot.json"));
        TreeMap<String, Long> versions = host.versions();
        assertThat(versions.get("snapshot")).isEqualTo(timestamp.snapshot().version());
        snapshot.files()
                .forEach((name, file) ->
                        assertThat(versions.get(name.replace(".json", "")))
                                .as(name)
                                .isEqualTo(file.version()));
    }
}
