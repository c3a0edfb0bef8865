package dev.belay.packaging.bundle;

import java.util.Optional;

/// The description of a release as it stands at the beginning of its bundle. Whether the rest of
/// the bundle keeps to it shows only when it is unpacked.
///
/// @param releaseYaml the text of release.yaml
/// @param notes release notes in Markdown
public record InspectedBundle(
        BundleManifest manifest, String releaseYaml, Optional<String> notes) {}
