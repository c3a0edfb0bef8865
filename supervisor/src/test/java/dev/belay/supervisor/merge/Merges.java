package dev.belay.supervisor.merge;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// Short words for merge tests.
final class Merges {
    private Merges() {}

    static MergeResult merge(ConfigFormat format, String base, String local, String incoming) {
        return ConfigMergers.merger(format)
                .merge(
                        new MergeInput(
                                "conf/file",
                                format,
                                Optional.of(bytes(base)),
                                Optional.of(bytes(local)),
                                Optional.of(bytes(incoming))));
    }

    static String merged(ConfigFormat format, String base, String local, String incoming) {
        return text(merge(format, base, local, incoming));
    }

    static String text(MergeResult result) {
        return new String(result.content().orElseThrow(), StandardCharsets.UTF_8);
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static String tomcat(String version, String file) {
        String name = "tomcat/" + version + "/" + file;
        try (InputStream in = Merges.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is missing");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
