package dev.belay.supervisor.status;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/// The version of this program, as reports, requirements of releases and `--version` see it.
public final class SupervisorVersion {
    /// For example `0.1.0`.
    public static final String TEXT = read();

    private SupervisorVersion() {}

    private static String read() {
        try (InputStream in =
                Objects.requireNonNull(SupervisorVersion.class.getResourceAsStream("version"))) {
            return new String(in.readAllBytes(), StandardCharsets.US_ASCII).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
