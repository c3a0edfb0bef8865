package dev.belay.versys.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.belay.versys.metadata.CanonicalJson;
import dev.belay.versys.metadata.JsonParser;
import dev.belay.versys.metadata.JsonValue;
import dev.belay.versys.metadata.MetadataException;
import dev.belay.versys.simulator.IndependentCanonicalForm;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// JSON as a fuzzer makes it; see docs/development.md, "Fuzzing".
class CanonicalJsonFuzzTest {
    private static final JsonMapper JACKSON =
            JsonMapper.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .build();

    /// Refused with a [MetadataException]; or another reader understands the same, the canonical
    /// form is that of an independent writer, and what is written as JSON reads back equal and is
    /// written the same again.
    @FuzzTest
    void anyJson(byte[] bytes) {
        JsonValue value;
        try {
            value = JsonParser.parse(bytes);
        } catch (MetadataException e) {
            assertThat(e.kind()).isEqualTo("metadata-malformed");
            return;
        }
        Object plain = Plain.of(value);
        assertThat(Plain.of(JACKSON.readTree(bytes))).isEqualTo(plain);
        byte[] canonical = CanonicalJson.encode(value);
        assertThat(canonical).isEqualTo(IndependentCanonicalForm.of(plain));
        byte[] written = CanonicalJson.encodeAsJson(value);
        JsonValue again = JsonParser.parse(written);
        assertThat(again).isEqualTo(value);
        assertThat(CanonicalJson.encodeAsJson(again)).isEqualTo(written);
        assertThat(CanonicalJson.encode(again)).isEqualTo(canonical);
    }
}
