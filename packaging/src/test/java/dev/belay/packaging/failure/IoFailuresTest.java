package dev.belay.packaging.failure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IoFailuresTest {
    @ParameterizedTest
    @CsvSource({
        "No space left on device, disk-full",
        "Disk quota exceeded, disk-full",
        "Read-only file system, read-only",
        "Operation not permitted, not-permitted",
        "Too many open files, too-many-open-files",
        "Input/output error, disk-error",
        "something new, io-error"
    })
    void namesWhatTheSystemSays(String reason, String kind) {
        BelayException failure =
                IoFailures.of(
                        new UncheckedIOException(
                                "cannot write the journal",
                                new FileSystemException("home/journal", null, reason)));
        assertThat(failure.kind()).isEqualTo(kind);
        assertThat(failure).hasMessage("cannot write the journal: home/journal: " + reason + ".");
        assertThat(failure.help()).isNotBlank();
    }

    @Test
    void namesTheFileThatMayNotBeReadOrIsNotThere() {
        assertThat(IoFailures.of("", new AccessDeniedException("a/b")))
                .hasMessage("a/b may not be accessed.")
                .extracting(BelayException::kind)
                .isEqualTo("not-permitted");
        assertThat(IoFailures.of("", new NoSuchFileException("a/b")))
                .hasMessage("a/b does not exist.");
        assertThat(IoFailures.of("", new NotDirectoryException("a/b")).kind())
                .isEqualTo("not-a-directory");
    }

    @Test
    void doesNotSayTheSameTwice() {
        assertThat(IoFailures.of(new UncheckedIOException(new IOException("the stream is closed"))))
                .hasMessage("the stream is closed.");
    }
}
