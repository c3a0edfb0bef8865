package dev.belay.versys.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.belay.packaging.digest.Digest;
import dev.belay.packaging.failure.UntrustedException;
import dev.belay.versys.client.TargetSource.Target;
import dev.belay.versys.simulator.ReleaseRepositorySimulator;
import dev.belay.versys.simulator.SimulatedHost;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Rows T07 and T08 of the catalogue of faults, where the source itself sets no limit: the client
/// alone decides how much it takes.
@Timeout(60)
class EndlessDataTest {
    @TempDir Path directory;

    /// Never ends, and counts what was taken from it.
    private static final class Endless extends InputStream {
        long taken;

        @Override
        public int read() {
            taken++;
            return 'x';
        }

        @Override
        public int read(byte[] buffer, int offset, int length) {
            taken += length;
            return length;
        }
    }

    @Test
    void t07TakesOneByteMoreThanMetadataMayHave() {
        ClientLimits limits = ClientLimits.DEFAULT;
        ReleaseRepositorySimulator repository = new ReleaseRepositorySimulator();
        long snapshotLength = repository.file("1.snapshot.json").length;
        assertTaken(repository, "2.root.json", limits.rootBytes());
        assertTaken(repository, "timestamp.json", limits.timestampBytes());
        assertTaken(repository, "1.snapshot.json", snapshotLength);
        assertTaken(repository, "1.targets.json", limits.targetsBytes());
    }

    private static void assertTaken(
            ReleaseRepositorySimulator repository, String name, long allowed) {
        Endless endless = new Endless();
        Fetcher fetcher =
                (address, offset, max) ->
                        address.endsWith("/" + name)
                                ? Optional.of(new Fetcher.Arriving(0, endless))
                                : repository.open(address, offset, max);
        SimulatedHost host = new SimulatedHost(fetcher, repository.firstRoot());
        assertThatThrownBy(host::refresh).as(name).isInstanceOf(UntrustedException.class);
        assertThat(endless.taken).as(name).isEqualTo(allowed + 1);
    }

    @Test
    void t07TakesOneByteMoreThanTheTargetHasAndKeepsNone() throws Exception {
        for (long length : new long[] {0, 1, 300_000}) {
            Endless endless = new Endless();
            Transfers transfers =
                    new Transfers(
                            (address, offset, max) -> Optional.of(new Fetcher.Arriving(0, endless)),
                            3,
                            pause -> {},
                            new Random(1));
            Target target = new Target("a", length, List.of(Digest.sha256(new byte[] {1})));
            TargetDownload download =
                    new TargetDownload(
                            transfers, "any:a", target, directory.resolve("a"), (done, all) -> {});
            assertThatThrownBy(download::run).isInstanceOf(UntrustedException.class);
            assertThat(endless.taken).isEqualTo(length + 1);
            download.discardPart();
            try (Stream<Path> left = Files.list(directory)) {
                assertThat(left).isEmpty();
            }
        }
    }

    /// A byte every second never stalls; it must be too slow all the same.
    @Test
    void t08OneByteASecondIsGivenUpSoonWhateverTheLength() {
        for (TransferLimits limits :
                List.of(TransferLimits.DEFAULT, TransferLimits.SINGLE_ATTEMPT)) {
            long seconds = limits.grace().toSeconds() + 1;
            assertThat(limits.stall()).isGreaterThan(Duration.ofSeconds(1));
            assertThat(limits.deadline(seconds)).isLessThan(Duration.ofSeconds(seconds));
            assertThat(seconds).isLessThanOrEqualTo(21);
            assertThat(limits.answer()).isLessThanOrEqualTo(Duration.ofSeconds(30));
        }
    }

    /// Each file is fast enough for itself; all of them together are not.
    @Test
    void t08AllMetadataTogetherHasADeadline() {
        ReleaseRepositorySimulator repository = new ReleaseRepositorySimulator();
        for (int i = 0; i < 200; i++) {
            repository.publishRoot();
        }
        CountDownLatch never = new CountDownLatch(1);
        Fetcher fetcher =
                (address, offset, max) -> {
                    awaitQuietly(never, 50);
                    return repository.open(address, offset, max);
                };
        SimulatedHost host = new SimulatedHost(fetcher, repository.firstRoot());
        host.limits = patience(Duration.ofMillis(600), Duration.ofSeconds(30));
        assertThatThrownBy(host::refresh)
                .hasMessageContaining("did not arrive in the time that it may take");
    }

    @Test
    void t08ARootThatMayNotBeThereHasLessTime() {
        ReleaseRepositorySimulator repository = new ReleaseRepositorySimulator();
        CountDownLatch never = new CountDownLatch(1);
        Fetcher fetcher =
                (address, offset, max) -> {
                    if (address.endsWith("2.root.json")) {
                        awaitQuietly(never, 60_000);
                    }
                    return repository.open(address, offset, max);
                };
        SimulatedHost host = new SimulatedHost(fetcher, repository.firstRoot());
        host.limits = patience(Duration.ofMinutes(5), Duration.ofMillis(100));
        assertThatThrownBy(host::refresh).hasMessageContaining("2.root.json");
    }

    private static void awaitQuietly(CountDownLatch latch, long milliseconds)
            throws InterruptedIOException {
        try {
            latch.await(milliseconds, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            throw new InterruptedIOException();
        }
    }

    private static ClientLimits patience(Duration metadata, Duration root) {
        ClientLimits most = ClientLimits.DEFAULT;
        return new ClientLimits(
                most.rootBytes(),
                most.timestampBytes(),
                most.snapshotBytes(),
                most.targetsBytes(),
                most.rootRotations(),
                most.delegations(),
                metadata,
                root,
                most.onlineLife());
    }
}
