package dev.belay.server.push;

import java.nio.ByteBuffer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The connection of one listening client.
public interface FrameSink {
    /// Begins to write and returns at once.
    ///
    /// @param frame read to its end; not shared with another sink
    /// @param done called exactly once, on any thread: with null when the frame has left, or with
    ///   what went wrong. The next frame is written only after that.
    void write(ByteBuffer frame, Consumer<@Nullable Throwable> done);

    /// Ends the stream in good order. No write is under way.
    void end();

    /// Cuts the connection, whatever is under way. May be called more than once.
    void cut();
}
