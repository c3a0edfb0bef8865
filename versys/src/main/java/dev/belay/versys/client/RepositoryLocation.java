package dev.belay.versys.client;

import java.net.URI;

/// Where a vendor's repository is: two base addresses, each with or without a trailing slash.
///
/// `http`, `https` and `file` (a directory) are understood. The addresses are used as they are
/// written: names are appended to the raw text, percent-encoded characters in it stay as they are.
///
/// @param metadataUri holds `timestamp.json` and its like
/// @param targetsUri holds the targets
public record RepositoryLocation(URI metadataUri, URI targetsUri) {
    /// The location in the layout of our own server and of static repositories: `metadata/` and
    /// `targets/` below one address.
    public static RepositoryLocation below(URI repository) {
        String base = repository.toString();
        String slashed = base.endsWith("/") ? base : base + "/";
        return new RepositoryLocation(
                URI.create(slashed + "metadata/"), URI.create(slashed + "targets/"));
    }
}
