package dev.belay.packaging.bundle;

import java.util.List;

/// The one order in which a bundle lists its content, which also makes every path unique.
final class ManifestOrder {
    private ManifestOrder() {}

    /// @throws IllegalArgumentException if the order is another one
    static void check(List<BundleFile> files) {
        if (files.isEmpty() || !files.getFirst().path().equals(BundleManifest.RELEASE)) {
            throw new IllegalArgumentException("a manifest starts with " + BundleManifest.RELEASE);
        }
        boolean notes = files.size() > 1 && files.get(1).path().equals(BundleManifest.NOTES);
        int metadata = notes ? 2 : 1;
        for (BundleFile file : files.subList(0, metadata)) {
            if (!(file instanceof BundleFile.RegularFile)) {
                throw new IllegalArgumentException(file.path() + " is not a file");
            }
        }
        for (int i = metadata; i < files.size(); i++) {
            BundlePath path = files.get(i).path();
            if (path.isWithin(BundleManifest.METADATA)) {
                throw new IllegalArgumentException(path + " is in a place of the bundle's own");
            }
            if (i > metadata && files.get(i - 1).path().compareTo(path) >= 0) {
                throw new IllegalArgumentException(path + " is listed twice or out of order");
            }
        }
    }
}
