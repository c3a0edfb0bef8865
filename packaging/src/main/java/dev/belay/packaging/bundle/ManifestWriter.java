package dev.belay.packaging.bundle;

import dev.belay.packaging.bundle.BundleFile.Directory;
import dev.belay.packaging.bundle.BundleFile.RegularFile;
import dev.belay.packaging.bundle.BundleFile.Symlink;
import java.io.ByteArrayOutputStream;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/// Writes `manifest.json`: no spaces, keys always in the same order.
final class ManifestWriter {
    static final int FORMAT = 1;

    private ManifestWriter() {}

    static byte[] write(BundleManifest manifest) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json =
                new JsonFactory().createGenerator(ObjectWriteContext.empty(), bytes)) {
            json.writeStartObject();
            json.writeNumberProperty("format", FORMAT);
            json.writeNumberProperty("unpacked-bytes", manifest.unpackedBytes());
            json.writeArrayPropertyStart("files");
            for (BundleFile file : manifest.files()) {
                json.writeStartObject();
                write(json, file);
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        return bytes.toByteArray();
    }

    private static void write(JsonGenerator json, BundleFile file) {
        json.writeStringProperty("path", file.path().value());
        switch (file) {
            case RegularFile regular -> {
                json.writeStringProperty("type", "file");
                json.writeStringProperty("mode", regular.executable() ? "755" : "644");
                json.writeNumberProperty("size", regular.size());
                json.writeStringProperty("sha256", regular.sha256().hex());
            }
            case Directory _ -> {
                json.writeStringProperty("type", "directory");
                json.writeStringProperty("mode", "755");
            }
            case Symlink symlink -> {
                json.writeStringProperty("type", "symlink");
                json.writeStringProperty("link", symlink.target());
            }
        }
        json.writeStringProperty("class", file.fileClass().label());
    }
}
