package dev.belay.versys.client;

import java.time.Duration;

/// When a transfer is given up.
///
/// @param connect for the connection
/// @param stall without a single byte
/// @param minBytesPerSecond the floor: on average, once `grace` has passed; at least 1
/// @param grace how long a transfer may start slowly
/// @param answer until the headers of the answer are there
/// @param attempts how often a failed transfer is started, 1 for no repetition
public record TransferLimits(
        Duration connect,
        Duration stall,
        long minBytesPerSecond,
        Duration grace,
        Duration answer,
        int attempts) {
    /// For a host that may be far away.
    public static final TransferLimits DEFAULT =
            new TransferLimits(
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(20),
                    1024,
                    Duration.ofSeconds(20),
                    Duration.ofSeconds(30),
                    4);

    /// One attempt, given up early.
    public static final TransferLimits SINGLE_ATTEMPT =
            new TransferLimits(
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(10),
                    1024,
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(15),
                    1);

    /// The same with another floor for the speed.
    public TransferLimits withFloor(long bytesPerSecond) {
        return new TransferLimits(connect, stall, bytesPerSecond, grace, answer, attempts);
    }

    /// The moment at which so many bytes must have arrived, as a duration from the start: with the
    /// minimum speed this is the total deadline of a transfer of known length.
    Duration deadline(long bytes) {
        return grace.plusSeconds(bytes / minBytesPerSecond);
    }
}
