package dev.belay.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Ranges of a file of 100 bytes, by RFC 9110 section 14.
class ByteRangeTest {
    @ParameterizedTest
    @CsvSource({
        "bytes=0-0, 0, 0",
        "bytes=0-99, 0, 99",
        "bytes=0-, 0, 99",
        "bytes=50-1000, 50, 99",
        "bytes=99-, 99, 99",
        "bytes=-1, 99, 99",
        "bytes=-100, 0, 99",
        "bytes=-1000, 0, 99",
    })
    void aSingleRangeIsAPart(String header, long first, long last) {
        assertThat(ByteRange.of(header, null, "\"e\"", 100))
                .isEqualTo(new ByteRange.Part(first, last));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "bytes=5-4",
                "bytes=-",
                "bytes=",
                "bytes=a-b",
                "bytes=0-1,5-6",
                "items=0-1",
                "bytes 0-1",
                "bytes=0-99999999999999999999",
                "bytes=--1",
                "bytes=+1-2"
            })
    void whatIsNoSingleRangeIsIgnored(String header) {
        assertThat(ByteRange.of(header, null, "\"e\"", 100)).isEqualTo(new ByteRange.Whole());
    }

    @ParameterizedTest
    @CsvSource({"bytes=100-", "bytes=100-200", "bytes=-0"})
    void aRangeWithoutAnyByteIsUnsatisfiable(String header) {
        assertThat(ByteRange.of(header, null, "\"e\"", 100))
                .isEqualTo(new ByteRange.Unsatisfiable());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"\"other\"", "W/\"e\"", "Fri, 20 Nov 2026 09:00:00 GMT"})
    void anotherValidatorTurnsTheRangeOff(String ifRange) {
        assertThat(ByteRange.of("bytes=0-1", ifRange, "\"e\"", 100))
                .isEqualTo(new ByteRange.Whole());
        assertThat(ByteRange.of("bytes=0-1", "\"e\"", "\"e\"", 100))
                .isEqualTo(new ByteRange.Part(0, 1));
    }
}
