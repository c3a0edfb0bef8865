package dev.belay.versys.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.belay.packaging.digest.Digest;
import dev.belay.packaging.digest.LimitedInputStream;
import dev.belay.packaging.failure.BelayException;
import dev.belay.packaging.failure.UntrustedException;
import dev.belay.versys.client.TargetSource.Target;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TargetDownloadTest {
    @TempDir Path directory;
    private final byte[] content = new byte[300_000];
    private final List<Long> offsets = new ArrayList<>();
    private final List<Duration> pauses = new ArrayList<>();

    TargetDownloadTest() {
        new Random(7).nextBytes(content);
    }

    private Target target() {
        Digest sha512 =
                Digest.of(
                        Digest.Algorithm.SHA512,
                        Digest.Algorithm.SHA512.newDigest().digest(content));
        return new Target("a/b", content.length, List.of(Digest.sha256(content), sha512));
    }

    private TargetDownload download(Fetcher fetcher, Target target) {
        Transfers transfers = new Transfers(fetcher, 3, pauses::add, new Random(1));
        return new TargetDownload(
                transfers, "http://repository/a/b", target, directory.resolve("b"), (d, t) -> {});
    }

    private Fetcher serving(byte[] bytes) {
        return (address, offset, max) -> {
            offsets.add(offset);
            InputStream rest =
                    new ByteArrayInputStream(bytes, (int) offset, bytes.length - (int) offset);
            return Optional.of(
                    new Fetcher.Arriving(offset, new LimitedInputStream(rest, max - offset)));
        };
    }

    /// Every answer breaks off after so many bytes.
    private Fetcher breakingAfter(int bytes) {
        return (address, offset, max) -> {
            offsets.add(offset);
            int end = Math.min(content.length, (int) offset + bytes);
            InputStream part =
                    new ByteArrayInputStream(Arrays.copyOfRange(content, (int) offset, end));
            return Optional.of(
                    new Fetcher.Arriving(offset, new SequenceInputStream(part, failing())));
        };
    }

    private static InputStream failing() {
        return new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("connection reset");
            }
        };
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    @Test
    void bringsTheBytesAndLeavesAnUntouchedFileAlone() throws Exception {
        download(serving(content), target()).run();
        Path file = directory.resolve("b");
        assertThat(file).hasBinaryContent(content);
        FileTime before = FileTime.from(Instant.parse("2020-01-01T00:00:00Z"));
        Files.setLastModifiedTime(file, before);
        download(serving(content), target()).run();
        assertThat(Files.getLastModifiedTime(file)).isEqualTo(before);
        assertThat(offsets).containsExactly(0L);
        assertThat(files()).containsExactly("b");
    }

    @Test
    void aDamagedCachedFileIsReplaced() throws Exception {
        byte[] rotten = content.clone();
        rotten[5] ^= 1;
        Files.write(directory.resolve("b"), rotten);
        download(serving(content), target()).run();
        assertThat(directory.resolve("b")).hasBinaryContent(content);
    }

    @Test
    void resumesByRangeWithGrowingPausesAndThenInALaterRun() throws Exception {
        assertThatThrownBy(() -> download(breakingAfter(100_000), target()).run())
                .isInstanceOfSatisfying(
                        BelayException.class,
                        e -> assertThat(e.kind()).isEqualTo("network-unreachable"));
        assertThat(offsets).containsExactly(0L, 100_000L, 200_000L);
        assertThat(pauses).hasSize(2);
        assertThat(pauses.get(0)).isBetween(Duration.ofMillis(500), Duration.ofMillis(1000));
        assertThat(directory.resolve("b")).doesNotExist();
        download(serving(content), target()).run();
        assertThat(directory.resolve("b")).hasBinaryContent(content);
        assertThat(files()).containsExactly("b");
    }

    @Test
    void aRottenPartIsThrownAwayAndFetchedAnew() throws Exception {
        assertThatThrownBy(() -> download(breakingAfter(50_000), target()).run())
                .isInstanceOf(BelayException.class);
        Path part = directory.resolve(files().getFirst());
        byte[] bytes = Files.readAllBytes(part);
        bytes[10] ^= 1;
        Files.write(part, bytes);
        download(serving(content), target()).run();
        assertThat(directory.resolve("b")).hasBinaryContent(content);
    }

    @Test
    void t01RefusesOtherBytesOfTheRightLengthAndLeavesNothing() throws Exception {
        byte[] wrong = content.clone();
        wrong[299_999] ^= 1;
        assertThatThrownBy(() -> download(serving(wrong), target()).run())
                .isInstanceOf(UntrustedException.class)
                .hasMessageContaining("does not have the signed digest");
        assertThat(files()).isEmpty();
        assertThat(offsets).containsExactly(0L);
    }

    @Test
    void t07StopsOneByteAfterTheSignedLength() throws Exception {
        byte[] endless = Arrays.copyOf(content, content.length + 1_000_000);
        assertThatThrownBy(() -> download(serving(endless), target()).run())
                .isInstanceOf(UntrustedException.class)
                .hasMessageContaining("longer than the signed 300000 bytes");
        assertThat(directory.resolve("b")).doesNotExist();
        for (String left : files()) {
            assertThat(Files.size(directory.resolve(left))).isLessThanOrEqualTo(content.length);
        }
    }

    @Test
    void aPageToLogInIsSaidToBeOneAndNotKept() throws Exception {
        for (int length : new int[] {100, content.length, content.length + 1}) {
            byte[] page =
                    Arrays.copyOf(
                            "<!DOCTYPE html><html>Log in".getBytes(StandardCharsets.UTF_8), length);
            assertThatThrownBy(() -> download(serving(page), target()).run())
                    .isInstanceOfSatisfying(
                            BelayException.class,
                            e -> assertThat(e.kind()).isEqualTo("web-page-answered"))
                    .hasMessageContaining("http://repository/a/b");
            assertThat(directory).isEmptyDirectory();
        }
        download(serving(content), target()).run();
    }

    @Test
    void everySignedDigestMustMatch() {
        Digest wrong = new Digest(Digest.Algorithm.SHA512, "0".repeat(128));
        Target half = new Target("a/b", content.length, List.of(Digest.sha256(content), wrong));
        assertThatThrownBy(() -> download(serving(content), half).run())
                .isInstanceOf(UntrustedException.class);
    }

    @Test
    void aServerThatIgnoresTheRangeStartsAgain() throws Exception {
        assertThatThrownBy(() -> download(breakingAfter(10), target()).run())
                .isInstanceOf(BelayException.class);
        Fetcher whole =
                (address, offset, max) ->
                        Optional.of(new Fetcher.Arriving(0, new ByteArrayInputStream(content)));
        download(whole, target()).run();
        assertThat(directory.resolve("b")).hasBinaryContent(content);
    }

    @Test
    void anEmptyTargetIsAFileToo() throws Exception {
        Target empty = new Target("a/b", 0, List.of(Digest.sha256(new byte[0])));
        download(serving(new byte[0]), empty).run();
        assertThat(directory.resolve("b")).isEmptyFile();
    }

    @Test
    void aMissingTargetIsNotTriedAgain() {
        assertThatThrownBy(
                        () -> download((address, offset, max) -> Optional.empty(), target()).run())
                .isInstanceOf(BelayException.class)
                .hasMessageContaining("does not have it");
        assertThat(pauses).isEmpty();
    }

    @Test
    void aDirectoryThatCannotBeWrittenIsSaidSo() throws Exception {
        Files.createDirectories(directory.resolve("b/in-the-way"));
        assertThatThrownBy(() -> download(serving(content), target()).run())
                .isInstanceOfSatisfying(
                        BelayException.class,
                        e -> assertThat(e.kind()).isEqualTo("disk-write-failed"));
    }
}
