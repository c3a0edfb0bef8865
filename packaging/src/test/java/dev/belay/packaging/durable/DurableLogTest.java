package dev.belay.packaging.durable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.belay.packaging.durable.LogContent.Tail;
import dev.belay.packaging.failure.BelayException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DurableLogTest {
    private static final List<String> RECORDS =
            List.of("{\"step\":\"stop\"}", "{}", "{\"ü\":\"日本\"}", "{\"n\":" + 1L + "}");

    @TempDir Path directory;
    private Path file;

    @BeforeEach
    void makeLog() throws IOException {
        file = directory.resolve("journal.log");
        append(RECORDS);
    }

    private void append(List<String> records) throws IOException {
        try (DurableLog log = DurableLog.open(file)) {
            for (String record : records) {
                log.append(record);
            }
        }
    }

    @Test
    void readsWhatWasAppended() throws IOException {
        append(List.of("{\"later\":true}"));

        LogContent content = DurableLog.read(file);

        assertThat(content.records()).startsWith(RECORDS.toArray(String[]::new)).hasSize(5);
        assertThat(content.tail()).isEqualTo(Tail.CLEAN);
        assertThat(content.soundBytes()).isEqualTo(Files.size(file));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void aLogThatIsNotThereIsEmpty() throws IOException {
        LogContent content = DurableLog.read(directory.resolve("absent"));

        assertThat(content).isEqualTo(new LogContent(List.of(), 0, 0, Tail.CLEAN));
    }

    @Test
    void everyPrefixGivesTheRecordsThatAreWholeInIt() throws IOException {
        byte[] whole = Files.readAllBytes(file);
        for (int length = 0; length <= whole.length; length++) {
            byte[] prefix = Arrays.copyOf(whole, length);
            int ends = 0;
            int sound = 0;
            for (int i = 0; i < length; i++) {
                if (prefix[i] == '\n') {
                    ends++;
                    sound = i + 1;
                }
            }
            Files.write(file, prefix);

            LogContent content = DurableLog.read(file);

            assertThat(content.records()).isEqualTo(RECORDS.subList(0, ends));
            assertThat(content.tail()).isEqualTo(sound == length ? Tail.CLEAN : Tail.TORN);
            assertThat(content.lostBytes()).isEqualTo(length - sound);
            append(List.of("{\"after\":1}"));
            assertThat(DurableLog.read(file).records()).hasSize(ends + 1).endsWith("{\"after\":1}");
        }
    }

    @Test
    void aTailOfZerosOrGarbageIsCutOff() throws IOException {
        byte[] whole = Files.readAllBytes(file);
        Random random = new Random(1);
        for (int i = 0; i < 60; i++) {
            byte[] tail = new byte[1 + random.nextInt(5000)];
            if (i % 2 == 0) {
                random.nextBytes(tail);
            }
            byte[] torn = Arrays.copyOf(whole, whole.length + tail.length);
            System.arraycopy(tail, 0, torn, whole.length, tail.length);
            Files.write(file, torn);

            assertThat(DurableLog.read(file).tail()).isEqualTo(Tail.TORN);
            append(List.of("{}"));
            assertThat(DurableLog.read(file).records()).hasSize(RECORDS.size() + 1);
        }
    }

    @Test
    void aFlippedBitIsNeverRead() throws IOException {
        byte[] whole = Files.readAllBytes(file);
        for (int bit = 0; bit < whole.length * 8; bit++) {
            byte[] flipped = whole.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            Files.write(file, flipped);

            LogContent content = DurableLog.read(file);

            assertThat(content.tail()).isNotEqualTo(Tail.CLEAN);
            assertThat(content.records()).isEqualTo(RECORDS.subList(0, content.records().size()));
        }
    }

    @Test
    void damageBeforeSoundRecordsIsNotTakenForATornAppend() throws IOException {
        byte[] damaged = Files.readAllBytes(file);
        damaged[12] ^= 1;
        Files.write(file, damaged);

        assertThat(DurableLog.read(file).tail()).isEqualTo(Tail.DAMAGED);
        assertThatExceptionOfType(BelayException.class)
                .isThrownBy(() -> DurableLog.open(file))
                .matches(e -> e.kind().equals("log-damaged"));
        assertThat(file).hasBinaryContent(damaged);
    }

    @Test
    void aFailedAppendEndsTheLogUntilItIsOpenedAgain() throws IOException {
        DurableLog log = DurableLog.open(file);
        assertThatIllegalArgumentException().isThrownBy(() -> log.append("a\nb"));
        assertThatExceptionOfType(IOException.class).isThrownBy(() -> log.append("{}"));
        log.close();

        append(List.of("{}"));
        assertThat(DurableLog.read(file).records()).hasSize(RECORDS.size() + 1);
    }
}
