package dev.belay.versys.publish;

import dev.belay.packaging.durable.DurableFiles;
import dev.belay.packaging.failure.BelayException;
import dev.belay.packaging.failure.RefusedException;
import dev.belay.versys.yaml.MappingReader;
import dev.belay.versys.yaml.Problems;
import dev.belay.versys.yaml.YamlDocument;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// `versys.yaml` in a vendor's directory.
///
/// @param product what is published
/// @param scheme how its versions are written: `semver`, `numeric`, `calver` or `opaque`
/// @param server an update server's address, or
/// @param directory a directory for a static repository; neither before the first publication
public record VendorSettings(
        String product, String scheme, Optional<String> server, Optional<String> directory) {
    static final String FILE = "versys.yaml";

    /// Reads the settings of that vendor directory.
    ///
    /// @throws RefusedException `not-a-vendor-directory`
    /// @throws InvalidVendorSettingsException with all problems
    public static VendorSettings read(Path vendor) {
        Path file = vendor.resolve(FILE);
        byte[] bytes;
        try {
            bytes = Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            throw new RefusedException(
                    "not-a-vendor-directory",
                    "There is no " + file + ".",
                    "Name the vendor's directory with --dir, or make one with versys init.",
                    e);
        } catch (IOException e) {
            throw unusable(file, e);
        }
        YamlDocument document = YamlDocument.parse(bytes, file.toString());
        Problems problems = new Problems();
        document.problems().forEach(problems::add);
        Optional<VendorSettings> settings =
                document.root().map(root -> read(new MappingReader(root, problems)));
        if (!problems.inFileOrder().isEmpty() || settings.isEmpty()) {
            throw new InvalidVendorSettingsException(document.source(), problems.inFileOrder());
        }
        return settings.get();
    }

    private static VendorSettings read(MappingReader fields) {
        VendorSettings settings =
                new VendorSettings(
                        required(fields, "product", "shop"),
                        fields.text("scheme", "semver").orElse("semver"),
                        fields.text("server", "https://updates.example.com"),
                        fields.text("directory", "/srv/repository"));
        if (settings.server.isPresent() && settings.directory.isPresent()) {
            fields.problem(
                    fields.self(), "server and directory exclude each other", "name one of them");
        }
        fields.done();
        return settings;
    }

    private static String required(MappingReader fields, String key, String example) {
        fields.required(key, example);
        return fields.text(key, example).orElse("");
    }

    /// Those of another product in the same repository.
    ///
    /// @param otherScheme null for the same
    public VendorSettings ofProduct(String other, @Nullable String otherScheme) {
        return new VendorSettings(
                other, otherScheme == null ? scheme : otherScheme, server, directory);
    }

    /// The same, from wherever they are read: what is relative to a vendor's directory is not.
    VendorSettings seenFrom(Path vendor) {
        return new VendorSettings(
                product,
                scheme,
                server,
                directory.map(
                        path -> vendor.resolve(path).toAbsolutePath().normalize().toString()));
    }

    void write(Path vendor) throws IOException {
        StringBuilder text = new StringBuilder("# Made by versys init.\n");
        text.append("product: ").append(product).append('\n');
        text.append("scheme: ").append(scheme).append('\n');
        server.ifPresent(address -> text.append("server: \"").append(address).append("\"\n"));
        directory.ifPresent(path -> text.append("directory: \"").append(path).append("\"\n"));
        DurableFiles.write(vendor.resolve(FILE), text.toString().getBytes(StandardCharsets.UTF_8));
    }

    /// Adds the directory to the settings of a vendor that published nowhere before.
    static void nameDirectory(Path vendor, Path directory) throws IOException {
        VendorSettings settings = read(vendor);
        if (settings.directory.isEmpty() && settings.server.isEmpty()) {
            String text = Files.readString(vendor.resolve(FILE));
            String line = "directory: \"" + directory + "\"\n";
            DurableFiles.write(
                    vendor.resolve(FILE),
                    (text.endsWith("\n") ? text + line : text + "\n" + line)
                            .getBytes(StandardCharsets.UTF_8));
        }
    }

    static BelayException unusable(Path file, IOException e) {
        return new BelayException(
                "vendor-directory-unusable",
                "Cannot read or write " + file + ": " + e.getMessage() + ".",
                "Check path, permissions and disk. Nothing was published.",
                e);
    }
}
