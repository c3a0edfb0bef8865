package dev.belay.versys.client;

import dev.belay.packaging.digest.LengthExceededException;
import dev.belay.packaging.digest.LimitedInputStream;
import dev.belay.versys.metadata.MetadataException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;

/// Repeats failed transfers, with growing pauses that differ from host to host.
final class Transfers {
    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(20);

    private final Fetcher fetcher;
    private final int attempts;
    private final Pause pause;
    private final RandomGenerator random;

    /// Waits; replaced in tests.
    @FunctionalInterface
    interface Pause {
        void sleep(Duration duration) throws InterruptedException;
    }

    /// One attempt at a transfer.
    @FunctionalInterface
    interface Attempt<T> {
        T run(Fetcher fetcher) throws IOException;
    }

    Transfers(Fetcher fetcher, int attempts, Pause pause, RandomGenerator random) {
        this.fetcher = fetcher;
        this.attempts = attempts;
        this.pause = pause;
        this.random = random;
    }

    /// A small file in memory.
    ///
    /// @throws MetadataException `metadata-too-large`
    Optional<byte[]> bytes(String address, long maxBytes) {
        return run(address, from -> read(from, address, maxBytes));
    }

    /// As above, within the time that several such files may take together.
    Optional<byte[]> bytes(String address, long maxBytes, Allowance allowance) {
        return run(
                address,
                allowance::isOver,
                from ->
                        TimedCall.run(
                                allowance.left(),
                                () -> "the metadata did not arrive in the time that it may take",
                                () -> read(from, address, maxBytes)));
    }

    private static Optional<byte[]> read(Fetcher from, String address, long maxBytes)
            throws IOException {
        try {
            Optional<Fetcher.Arriving> arriving = from.open(address, 0, maxBytes);
            if (arriving.isEmpty()) {
                return Optional.empty();
            }
            try (InputStream body = new LimitedInputStream(arriving.get().body(), maxBytes)) {
                return Optional.of(body.readAllBytes());
            }
        } catch (LengthExceededException e) {
            throw new MetadataException(
                    "metadata-too-large",
                    address + " is longer than the allowed " + maxBytes + " bytes.",
                    "Nothing was changed. If it stays, tell the vendor of this repository.");
        }
    }

    /// Runs until an attempt succeeds, fails for good, or was the last one.
    ///
    /// @throws dev.belay.packaging.failure.BelayException `network-unreachable`
    <T> T run(String address, Attempt<T> attempt) {
        return run(address, () -> false, attempt);
    }

    private <T> T run(String address, BooleanSupplier over, Attempt<T> attempt) {
        for (int number = 1; ; number++) {
            try {
                return attempt.run(fetcher);
            } catch (IOException cause) {
                if (cause instanceof FetchException
                        || NetworkWords.ofHost(cause)
                        || number >= attempts
                        || over.getAsBoolean()
                        || !pauseAfter(number)) {
                    throw NetworkWords.of(address, cause);
                }
            }
        }
    }

    /// @return false if the thread was interrupted meanwhile
    private boolean pauseAfter(int failures) {
        long cap =
                Math.min(
                        LONGEST_PAUSE.toMillis(), FIRST_PAUSE.toMillis() << Math.min(failures, 16));
        try {
            pause.sleep(Duration.ofMillis(cap / 2 + random.nextLong(cap / 2 + 1)));
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
