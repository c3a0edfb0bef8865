package dev.belay.packaging.durable;

import java.io.IOException;
import java.io.OutputStream;

/// Writes the content of one file, start to end.
@FunctionalInterface
public interface Content {
    /// @param sink where the bytes go; buffered, closed by the caller
    /// @throws IOException to give up; the file that was there before stays as it was
    void writeTo(OutputStream sink) throws IOException;
}
