package dev.belay.versys.release;

import dev.belay.versys.version.Version;
import dev.belay.versys.yaml.Problems;
import dev.belay.versys.yaml.YamlDocument;
import dev.belay.versys.yaml.YamlProblem;
import java.util.List;
import java.util.Optional;

/// A release as its vendor describes it in release.yaml. The format is documented in
/// `docs/format/release.md`.
///
/// @param product `[a-z][a-z0-9-]*`
/// @param platform `any` or `os-arch`, for example `linux-amd64`
/// @param notes file with the release notes (Markdown), relative to release.yaml
/// @param secrets configuration that never leaves a host
public record ReleaseDescriptor(
        String product,
        Version version,
        String platform,
        Requirements requires,
        UpgradeRule upgrade,
        Layout layout,
        List<ConfigMigration> configMigrations,
        List<DatabaseDeclaration> databases,
        Optional<Service> service,
        Hooks hooks,
        Optional<HealthCheck> health,
        Optional<String> notes,
        List<Secret> secrets) {
    public ReleaseDescriptor {
        configMigrations = List.copyOf(configMigrations);
        databases = List.copyOf(databases);
        secrets = List.copyOf(secrets);
    }

    /// Reads a release.yaml that a vendor has just written: everything that [#parsePublished]
    /// checks, and the published JSON Schema on top. Takes half a second the first time.
    ///
    /// @param fileName for messages
    /// @throws InvalidDescriptorException with all problems
    public static ReleaseDescriptor parse(byte[] yaml, String fileName) {
        return read(yaml, fileName, true);
    }

    /// Reads a release.yaml out of a bundle. As strict as [#parse] but for the JSON Schema, which
    /// the vendor's `versys pack` has checked: loading it costs more than a whole status command
    /// may.
    ///
    /// @param fileName for messages
    /// @throws InvalidDescriptorException with all problems
    public static ReleaseDescriptor parsePublished(byte[] yaml, String fileName) {
        return read(yaml, fileName, false);
    }

    private static ReleaseDescriptor read(byte[] yaml, String fileName, boolean withSchema) {
        YamlDocument document = YamlDocument.parse(yaml, fileName);
        Problems problems = new Problems();
        document.problems().forEach(problems::add);
        Optional<ReleaseDescriptor> descriptor =
                document.root().flatMap(root -> new DescriptorReader(problems).read(root));
        List<YamlProblem> found = problems.inFileOrder();
        if (withSchema && document.root().isPresent()) {
            // our own words first: they know the fix; the schema speaks where they are silent
            ReleaseSchema.check(document.root().get(), found).forEach(problems::add);
            found = problems.inFileOrder();
        }
        if (!found.isEmpty() || descriptor.isEmpty()) {
            throw new InvalidDescriptorException(document.source(), found);
        }
        return descriptor.get();
    }
}
