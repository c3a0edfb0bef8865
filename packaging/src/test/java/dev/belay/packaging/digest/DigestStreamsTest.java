package dev.belay.packaging.digest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.belay.packaging.digest.Digest.Algorithm;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DigestStreamsTest {
    private static final byte[] ABC = "abc".getBytes(StandardCharsets.US_ASCII);
    // FIPS 180-4 examples
    private static final String ABC_256 =
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    private static final String ABC_512 =
            "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a"
                    + "2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f";

    @Test
    void computesSeveralDigestsAtOnce() throws IOException {
        try (DigestingInputStream in =
                new DigestingInputStream(
                        new ByteArrayInputStream(ABC), Algorithm.SHA256, Algorithm.SHA512)) {
            assertThat(in.read()).isEqualTo('a');
            assertThat(in.skip(1)).isEqualTo(1);
            assertThat(in.markSupported()).isFalse();
            assertThat(in.readAllBytes()).containsExactly('c');
            assertThat(in.read()).isEqualTo(-1);
            assertThat(in.count()).isEqualTo(3);
            assertThat(in.digest(Algorithm.SHA256).hex()).isEqualTo(ABC_256);
            assertThat(in.digest(Algorithm.SHA512)).hasToString("sha512:" + ABC_512);
        }
    }

    @Test
    void digestsWhatIsWritten() throws IOException {
        ByteArrayOutputStream sink = new ByteArrayOutputStream();
        try (DigestingOutputStream out = new DigestingOutputStream(sink, Algorithm.SHA256)) {
            out.write('a');
            out.write(ABC, 1, 2);
            assertThat(out.digest(Algorithm.SHA256).hex()).isEqualTo(ABC_256);
            assertThatIllegalArgumentException().isThrownBy(() -> out.digest(Algorithm.SHA512));
        }
        assertThat(sink.toByteArray()).isEqualTo(ABC);
        assertThatIllegalArgumentException().isThrownBy(() -> new DigestingOutputStream(sink));
    }

    @Test
    void passesExactlyTheLimit() throws IOException {
        for (int limit = 3; limit < 6; limit++) {
            try (InputStream in = new LimitedInputStream(new ByteArrayInputStream(ABC), limit)) {
                assertThat(in.readAllBytes()).isEqualTo(ABC);
                assertThat(in.read()).isEqualTo(-1);
            }
        }
    }

    @Test
    void failsAtTheFirstByteBeyondTheLimit() {
        assertThatExceptionOfType(LengthExceededException.class)
                .isThrownBy(() -> limited(2).readAllBytes())
                .withMessageContaining("allowed 2 bytes");
        assertThatExceptionOfType(LengthExceededException.class)
                .isThrownBy(() -> limited(0).read());
        assertThatExceptionOfType(LengthExceededException.class)
                .isThrownBy(() -> limited(2).skipNBytes(3));
        assertThatIllegalArgumentException().isThrownBy(() -> limited(-1));
    }

    private static InputStream limited(long bytes) {
        return new LimitedInputStream(new ByteArrayInputStream(ABC), bytes);
    }

    @Test
    void digestsFiles(@TempDir Path directory) throws IOException {
        Path file = Files.write(directory.resolve("abc"), ABC);

        assertThat(Digests.ofFile(file)).isEqualTo(new Digest(Algorithm.SHA256, ABC_256));
        assertThat(Digests.ofFile(file, Algorithm.SHA512).hex()).isEqualTo(ABC_512);
        assertThatIllegalArgumentException().isThrownBy(() -> new Digest(Algorithm.SHA256, "00"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Digest(Algorithm.SHA256, "AB".repeat(32)));
    }
}
